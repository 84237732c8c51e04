using System;
using System.Collections.Generic;
using System.Threading;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>The host reads and writes elements, keys and fields, and calls methods.</summary>
public sealed class LyraValueAccessTests : IDisposable
{
    private readonly LyraEngine _engine = new();

    public LyraValueAccessTests() => _engine.Run(
        """
        struct Cart { lines; discount: float = 0.0; proc total(self, factor = 1) { return length(self.lines) * factor } }
        struct Grid {
            w: int
            proc __len(self) { return self.w }
            proc __index(self, i) { return i * 10 }
            proc __setindex(self, i, v) { self.w = v }
        }
        let cart = Cart(["a", "b"])
        let ages = {"ann": 30, 5: "five"}
        let grid = Grid(7)
        let pair = (1, "two")
        proc area(w, h = 1.0) { return w * h }
        async proc later() { }
        """);

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Fields_keys_and_elements_are_read()
    {
        _engine.Globals["cart"]["lines"].Length.ShouldBe(2);
        _engine.Globals["cart"]["lines"][1].As<string>().ShouldBe("b");
        _engine.Globals["cart"][(LyraValue)"discount"].As<double>().ShouldBe(0);
        _engine.Globals["ages"]["ann"].As<int>().ShouldBe(30);
        _engine.Globals["ages"][5].As<string>().ShouldBe("five");
        _engine.Globals["pair"][1].As<string>().ShouldBe("two");
        _engine.Globals["grid"][4].As<int>().ShouldBe(40);
        _engine.Globals["grid"].Length.ShouldBe(7);
        _engine.Run("0..9")[3].As<int>().ShouldBe(3);
        ((LyraValue)"abc")[2].As<string>().ShouldBe("c");
        ((LyraValue)"abc").Length.ShouldBe(3);
        _engine.Run("bytes([1, 2, 3])")[2].As<int>().ShouldBe(3);
        _engine.Run("set([1, 2, 3])").Length.ShouldBe(3);
        _engine.Run("var e = nil\ntry { throw error(\"Odd\", \"so\") } catch x { e = x }\ne")["kind"].As<string>().ShouldBe("Odd");
    }

    [Fact]
    public void Fields_keys_and_elements_are_written()
    {
        LyraValue cart = _engine.Globals["cart"];
        cart["discount"] = 0.5;
        cart[(LyraValue)"discount"].As<double>().ShouldBe(0.5);
        LyraValue lines = cart["lines"];
        lines[0] = "z";
        LyraValue ages = _engine.Globals["ages"];
        ages["bob"] = 40;
        ages[5] = LyraValue.From(new List<int> { 1 });
        LyraValue grid = _engine.Globals["grid"];
        grid[0] = 3;
        _engine.Run("[cart.discount, cart.lines, ages, grid.w]").ToString()
            .ShouldBe("[0.5, [\"z\", \"b\"], {\"ann\": 30, 5: [1], \"bob\": 40}, 3]");
        LyraValue own = LyraValue.From(new Dictionary<string, int> { ["a"] = 1 });
        own["b"] = 2;
        own.ToString().ShouldBe("{\"a\": 1, \"b\": 2}");
    }

    [Fact]
    public void Wrong_accesses_are_named()
    {
        LyraValue cart = _engine.Globals["cart"];
        LyraValue pair = _engine.Globals["pair"];
        Should.Throw<KeyNotFoundException>(() => cart["nope"]).Message.ShouldBe("The struct Cart has no field or method 'nope'.");
        Should.Throw<KeyNotFoundException>(() => _engine.Globals["ages"]["nope"]).Message.ShouldContain("nope");
        Should.Throw<ArgumentOutOfRangeException>(() => pair[2]);
        Should.Throw<ArgumentOutOfRangeException>(() => pair[-1]);
        LyraValue lines = cart["lines"];
        LyraValue ages = _engine.Globals["ages"];
        Should.Throw<ArgumentOutOfRangeException>(() => lines[(LyraValue)9] = 1);
        Should.Throw<ArgumentException>(() => pair[(LyraValue)"x"]).Message.ShouldContain("int");
        Should.Throw<LyraException>(() => pair[0] = 1).Kind.ShouldBe("TypeError");
        Should.Throw<LyraException>(() => cart["discount"] = "x").Kind.ShouldBe("TypeError");
        Should.Throw<LyraException>(() => cart["nope"] = 1).Kind.ShouldBe("FieldError");
        Should.Throw<InvalidOperationException>(() => ((LyraValue)1).Length);
        Should.Throw<InvalidOperationException>(() => ((LyraValue)1)[0]);
        Should.Throw<InvalidOperationException>(() => ((LyraValue)1)["x"]);
        using LyraEngine other = new();
        LyraValue foreign = other.Run("[1]");
        Should.Throw<ArgumentException>(() => cart["lines"] = foreign).Message.ShouldContain("another engine");
        Should.Throw<ArgumentException>(() => ages[foreign] = 1);
    }

    [Fact]
    public void Methods_are_called()
    {
        _engine.Globals["cart"].CallMethod("total").As<int>().ShouldBe(2);
        _engine.Globals["cart"].CallMethod("total", 10).As<int>().ShouldBe(20);
        _engine.Globals["cart"]["total"].Invoke(5).As<int>().ShouldBe(10);
        LyraValue lines = _engine.Globals["cart"]["lines"];
        lines.CallMethod("push", "c");
        lines.CallMethod("map", _engine.Run("x => x + \"!\"")).ToString().ShouldBe("[\"a!\", \"b!\", \"c!\"]");
        Should.Throw<LyraException>(() => lines.CallMethod("nope")).Kind.ShouldBe("FieldError");
        LyraValue own = LyraValue.From(new List<int> { 1 });
        Should.Throw<InvalidOperationException>(() => own.CallMethod("push", 1)).Message.ShouldContain("no engine has made it");
    }

    [Fact]
    public void Procs_and_globals_are_listed_and_removed()
    {
        _engine.Define("log", (string text, int level = 0) => { });
        string.Join("; ", _engine.Procs).ShouldBe("area(w, h); later(); log(text, level)");
        _engine.Procs[0].Value.Invoke(2, 4).As<int>().ShouldBe(8);
        _engine.Globals.Remove("area").ShouldBeTrue();
        _engine.Globals.Remove("area").ShouldBeFalse();
        _engine.Globals.ContainsKey("area").ShouldBeFalse();
        Should.Throw<LyraCompileException>(() => _engine.Run("area(1, 2)"));
        _engine.Procs.Count.ShouldBe(2);
    }

    [Fact]
    public void An_access_by_two_threads_is_refused()
    {
        LyraValue cart = _engine.Globals["cart"];
        Exception? refused = null;
        _engine.Define("other", () =>
        {
            Thread other = new(() => refused = Record.Exception(() => cart["discount"] = 1.0));
            other.Start();
            other.Join();
        });
        _engine.Run("other()");
        refused.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("in use by another thread");
    }
}
