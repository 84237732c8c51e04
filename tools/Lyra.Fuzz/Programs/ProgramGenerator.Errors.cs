using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Errors that are thrown and caught, and match statements.</content>
internal sealed partial class ProgramGenerator
{
    private static readonly string[] ErrorKinds =
        ["TypeError", "IndexError", "ValueError", "DivisionByZero", "Mine", "FieldError", "MatchError", "HostError"];

    private bool Try()
    {
        if (_blockDepth >= MaxBlockDepth)
        {
            return false;
        }

        _writer.Open("try");
        Body(3);
        bool hasCatch = Random.Chance(85);
        if (hasCatch && Random.Chance(25))
        {
            Catch($"catch e: \"{Random.PickFrom(ErrorKinds)}\"");
        }

        if (hasCatch)
        {
            Catch("catch e");
        }

        if (!hasCatch || Random.Chance(25))
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
        if (Find(Kind.Str, isAssignable: true) is { } text && Random.Chance(40))
        {
            _writer.Line($"{text.Name} = e.kind + e.message");
        }
        else if (Random.Chance(30))
        {
            _writer.Line("print(e.kind, e.message, e.line, e.trace)");
        }

        Body(2);
    }

    private bool ThrowStatement()
    {
        string error = Random.Pick($"error(\"Mine\", {Leaf(Kind.Str)})", "\"text\"", $"error({Leaf(Kind.Str)})", $"{Leaf(Kind.Any)}");
        if (Counters.Count == 0)
        {
            _writer.Line($"if {Expression(Kind.Bool)} throw {error}");
            return true;
        }

        string counter = Random.PickFrom(Counters);
        _writer.Line(Random.Chance(50)
            ? $"if {counter} == {Random.Between(3, 40)} throw {error}"
            : $"if {counter} % {Random.Between(3, 9)} == {Random.Below(3)} throw {error}");
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
        int arms = Random.Pick(1, 2, 3, 4, 9);
        for (int i = 0; i < arms; i++)
        {
            string guard = Random.Chance(15) ? $" if {Expression(Kind.Bool)}" : string.Empty;
            _writer.Open($"{Pattern(Random.Chance(20) ? AnyKind() : kind, 1, i)}{guard} =>");
            Body(2);
            _writer.Close();
        }

        if (Random.Chance(88))
        {
            _writer.Open("_ =>");
            Body(1);
            _writer.Close();
        }

        _writer.Close();
        return true;
    }
}
