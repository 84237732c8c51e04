using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lyra.Tests.Harness.HostTypes;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.HostTypes;

/// <summary>Values of .NET types for which the language has no type.</summary>
public sealed class HostScalarTests : IDisposable
{
    private readonly LyraEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Decimals_are_exact()
    {
        _engine.Define("price", 79228162514264337593543950335m);
        _engine.Define("cent", 0.01m);
        _engine.Define("same", (decimal d) => d);
        Run("[type(price), price, cent + cent, cent * 3, 1 - cent, -cent, cent / 4, same(cent) is cent]")
            .ShouldBe("[\"decimal\", 79228162514264337593543950335, 0.02, 0.03, 0.99, -0.01, 0.0025, true]");
        Run("[cent * 1.5, cent < 1, 0.02 > cent, cent == 0.01, 1 == cent * 100, cent != 1, cent == \"x\"]")
            .ShouldBe("[0.015, true, true, true, true, true, false]");
        Run("var s = cent; for i in 0..1000 { s += cent }; s").ShouldBe("10.01");
        Run("[cent.round(1), (cent * 250).round(), (cent * 150).floor(), cent.toFloat(), (cent * 250).toInt()]")
            .ShouldBe("[0.0, 2, 1, 0.01, 2]");
        Run("let m = {}; m[cent] = 1; m[same(0.01)]").ShouldBe("1");
        Run("sum([cent, cent]) == cent * 2").ShouldBe("true");
        Run("max([cent, 0, 1])").ShouldBe("1");
        Run("import json; json.stringify([cent])").ShouldBe("\"[0.01]\"");
        _engine.Run("cent").As<decimal>().ShouldBe(0.01m);
        _engine.Run("cent").As<double>().ShouldBe(0.01);
        _engine.Run("cent * 300").As<int>().ShouldBe(3);
        Error("price * 2").ShouldStartWith("HostError: ");
        Error("cent + \"x\"").ShouldBe("TypeError: argument 'b' of decimal.+ must be float, not str");
    }

    [Fact]
    public void Dates_times_and_identifiers_are_strs()
    {
        DateTime time = new(2026, 11, 26, 5, 33, 50, DateTimeKind.Utc);
        Guid id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
        RoundTrip(time, "\"2026-11-26T05:33:50.0000000Z\"");
        RoundTrip(new DateTimeOffset(2026, 11, 26, 5, 33, 50, TimeSpan.FromHours(2)), "\"2026-11-26T05:33:50.0000000+02:00\"");
        RoundTrip(new DateOnly(2026, 11, 26), "\"2026-11-26\"");
        RoundTrip(new TimeOnly(5, 33, 50), "\"05:33:50.0000000\"");
        RoundTrip(id, "\"0f8fad5b-d9cb-469f-a165-70867728950e\"");
        RoundTrip(new Uri("http://a.example/x?y"), "\"http://a.example/x?y\"");
        RoundTrip(TimeSpan.FromMilliseconds(1500), "1.5");
        _engine.Define("parse", (Guid g) => 1);
        Error("parse(\"x\")").ShouldStartWith("TypeError: argument 'g' of parse ");
    }

    [Fact]
    public void Json_becomes_lists_and_maps()
    {
        using JsonDocument document = JsonDocument.Parse("{\"a\": [1, 2.5, null, true, \"x\"], \"b\": {}}");
        _engine.Define("json", document.RootElement);
        _engine.Define("node", JsonNode.Parse("[1, {\"k\": 2}]"));
        _engine.Define("back", (JsonElement e) => e.GetRawText());
        _engine.Define("nodeBack", (JsonNode? n) => n?.ToJsonString() ?? "null");
        Run("[json, node]").ShouldBe("[{\"a\": [1, 2.5, nil, true, \"x\"], \"b\": {}}, [1, {\"k\": 2}]]");
        Run("[back(json), nodeBack(node), nodeBack(nil)]")
            .ShouldBe("[\"{\\\"a\\\":[1,2.5,null,true,\\\"x\\\"],\\\"b\\\":{}}\", \"[1,{\\\"k\\\":2}]\", \"null\"]");
        Error("var xs = []; for i in 0..2000 { xs = [xs] }; back(xs)").ShouldStartWith("TypeError: ");
        Error("back([1.0 / 0.0])").ShouldStartWith("TypeError: ");
        Should.Throw<InvalidCastException>(() => _engine.Run("[0.0 / 0.0]").As<JsonElement>());
    }

    private void RoundTrip<T>(T value, string shown)
    {
        _engine.Globals["x"] = LyraValue.From(value);
        Run("x").ShouldBe(shown);
        _engine.Globals["x"].As<T>().ShouldBe(value);
    }

    private string Run(string source) => _engine.Run(source).ToString();

    private string Error(string source)
    {
        LyraException e = Should.Throw<LyraException>(() => _engine.Run(source));
        return $"{e.Kind}: {e.Message}";
    }
}
