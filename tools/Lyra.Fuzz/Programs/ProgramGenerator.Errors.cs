using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Errors that are thrown and caught, and matches.</content>
internal sealed partial class ProgramGenerator
{
    private static readonly string[] ErrorKinds = ["TypeError", "IndexError", "ValueError", "DivisionByZero", "Mine", "FieldError", "MatchError", "HostError"];

    private bool Try()
    {
        if (_blockDepth >= MaxBlockDepth)
        {
            return false;
        }

        _writer.Open("try");
        Body(3);
        bool hasCatch = _random.Chance(85);
        if (hasCatch && _random.Chance(25))
        {
            Catch($"catch e: \"{_random.PickFrom(ErrorKinds)}\"");
        }

        if (hasCatch)
        {
            Catch("catch e");
        }

        if (!hasCatch || _random.Chance(25))
        {
            _writer.Reopen("finally");
            bool canReturn = _canReturn;
            int breakable = _breakable;
            bool canYield = _canYield;
            List<string> labels = [.. _labels];
            (_canReturn, _breakable, _canYield) = (false, 0, false);
            _labels.Clear();
            Body(2);
            (_canReturn, _breakable, _canYield) = (canReturn, breakable, canYield);
            _labels.AddRange(labels);
        }

        _writer.Close();
        return true;
    }

    private void Catch(string head)
    {
        _writer.Reopen(head);
        if (Find(Kind.Str, isAssignable: true) is { } text && _random.Chance(40))
        {
            _writer.Line($"{text.Name} = e.kind + e.message");
        }
        else if (_random.Chance(30))
        {
            _writer.Line("print(e.kind, e.message, e.line, e.trace)");
        }

        Body(2);
    }

    private bool ThrowStatement()
    {
        string error = _random.Pick($"error(\"Mine\", {Leaf(Kind.Str)})", "\"text\"", $"error({Leaf(Kind.Str)})", $"{Leaf(Kind.Any)}");
        if (_counters.Count == 0)
        {
            _writer.Line($"if {Expression(Kind.Bool)} throw {error}");
            return true;
        }

        string counter = _random.PickFrom(_counters);
        _writer.Line(_random.Chance(50)
            ? $"if {counter} == {_random.Between(3, 40)} throw {error}"
            : $"if {counter} % {_random.Between(3, 9)} == {_random.Below(3)} throw {error}");
        return true;
    }

    private bool Match()
    {
        if (_blockDepth >= MaxBlockDepth)
        {
            return false;
        }

        Kind kind = AnyKind();
        _writer.Open($"match {Subject(kind)}");
        int arms = _random.Pick(1, 2, 3, 4, 9);
        for (int i = 0; i < arms; i++)
        {
            string guard = _random.Chance(15) ? $" if {Expression(Kind.Bool)}" : string.Empty;
            _writer.Open($"{Pattern(kind, 1, i)}{guard} =>");
            Body(2);
            _writer.Close();
        }

        if (_random.Chance(88))
        {
            _writer.Open("_ =>");
            Body(1);
            _writer.Close();
        }

        _writer.Close();
        return true;
    }

    private string Subject(Kind kind) => kind == Kind.Int && _counters.Count > 0 && _random.Chance(70)
        ? $"({_random.PickFrom(_counters)} % {_random.Between(2, 12)})"
        : $"({Expression(kind)})";

    private string MatchExpression(Kind kind, int depth)
    {
        Kind subject = _random.Chance(70) ? Kind.Int : AnyKind();
        List<string> arms = [];
        int count = _random.Between(1, 3);
        for (int i = 0; i < count; i++)
        {
            arms.Add($"{Pattern(subject, 1, i)} => {Expression(kind, depth)}");
        }

        return $"(match {Subject(subject)} {{ {string.Join(", ", arms)}, _ => {Leaf(kind)} }})";
    }

    private string Pattern(Kind kind, int depth, int position) => _random.Below(12) switch
    {
        0 when depth > 0 => $"{NewName("_b")}: {_random.Pick("int", "float", "str", "list", "u8", "bool")}",
        1 when depth > 0 => $"{LiteralPattern(kind, position)} | {LiteralPattern(kind, position + 1)}",
        2 when depth > 0 => $"{LiteralPattern(kind, position)} as {NewName("_b")}",
        3 => _random.Pick("nil", "true", "\"a\"", "1.0", "-1"),
        _ => kind switch
        {
            Kind.Ints or Kind.Mixed or Kind.Floats or Kind.Texts or Kind.Bools or Kind.Procs => ListPattern(),
            Kind.Table => _random.Pick("{\"a\": 1, ...}", $"{{\"a\": {NewName("_b")}, ...}}", "{\"key\": _}", "{...}"),
            Kind.Pair => _random.Pick($"(0, {NewName("_b")})", "(1, _)", $"({NewName("_b")}, nil)", $"({NewName("_b")}, ...)", $"(0, ...{NewName("_b")})"),
            Kind.Instance when _structs.Count > 0 => $"{_random.PickFrom(_structs).Name}{{x: {_random.Below(3)}, y}}",
            _ => LiteralPattern(kind, position),
        },
    };

    /// <summary>A pattern that binds no name.</summary>
    private string LiteralPattern(Kind kind, int position) => kind switch
    {
        Kind.Float => _random.Pick("0.5", "1.0", "0..10"),
        Kind.Bool => _random.Pick("true", "false"),
        Kind.Str => $"\"{Words[position % Words.Length]}\"",
        _ => _random.Chance(75) ? $"{position}" : $"{position * 3}..{(position * 3) + _random.Between(1, 5)}",
    };

    private string ListPattern() => _random.Pick(
        "[]", "[_]", "[1, 2]", $"[{NewName("_b")}, ...{NewName("_b")}]", "[_, ..., _]", $"[{NewName("_b")}, {NewName("_b")}, ...]", "[0, ...]");
}
