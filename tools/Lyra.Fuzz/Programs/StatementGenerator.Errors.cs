using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Errors that are thrown and caught, and match statements.</content>
internal abstract partial class StatementGenerator
{
    private static readonly string[] ErrorKinds =
        ["TypeError", "IndexError", "ValueError", "DivisionByZero", "Mine", "FieldError", "MatchError", "HostError"];

    protected bool Try()
    {
        if (BlockDepth >= MaxBlockDepth)
        {
            return false;
        }

        Writer.Open("try");
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
            Writer.Reopen("finally");
            bool canReturn = CanReturn;
            int breakable = Breakable;
            bool canYield = CanYield;
            List<string> labels = [.. Labels];
            (CanReturn, Breakable, CanYield) = (false, 0, false);
            Labels.Clear();
            Body(2);
            (CanReturn, Breakable, CanYield) = (canReturn, breakable, canYield);
            Labels.AddRange(labels);
        }

        Writer.Close();
        return true;
    }

    protected void Catch(string head)
    {
        Writer.Reopen(head);
        if (Find(Kind.Str, isAssignable: true) is { } text && Random.Chance(40))
        {
            Writer.Line($"{text.Name} = e.kind + e.message");
        }
        else if (Random.Chance(30))
        {
            Writer.Line("print(e.kind, e.message, e.line, e.trace)");
        }

        Body(2);
    }

    protected bool ThrowStatement()
    {
        string error = Random.Pick($"error(\"Mine\", {Leaf(Kind.Str)})", "\"text\"", $"error({Leaf(Kind.Str)})", $"{Leaf(Kind.Any)}");
        if (Counters.Count == 0)
        {
            Writer.Line($"if {Expression(Kind.Bool)} throw {error}");
            return true;
        }

        string counter = Random.PickFrom(Counters);
        Writer.Line(Random.Chance(50)
            ? $"if {counter} == {Random.Between(3, 40)} throw {error}"
            : $"if {counter} % {Random.Between(3, 9)} == {Random.Below(3)} throw {error}");
        return true;
    }

    protected bool Match()
    {
        if (BlockDepth >= MaxBlockDepth)
        {
            return false;
        }

        Kind kind = AnyKind();
        Writer.Open($"match {Subject(kind)}");
        int arms = Random.Pick(1, 2, 3, 4, 9);
        for (int i = 0; i < arms; i++)
        {
            string guard = Random.Chance(15) ? $" if {Expression(Kind.Bool)}" : string.Empty;
            Writer.Open($"{Pattern(Random.Chance(20) ? AnyKind() : kind, 1, i)}{guard} =>");
            Body(2);
            Writer.Close();
        }

        if (Random.Chance(88))
        {
            Writer.Open("_ =>");
            Body(1);
            Writer.Close();
        }

        Writer.Close();
        return true;
    }
}
