using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Declarations of procs: small ones, with loops, recursive ones, generators, async ones.</content>
internal sealed partial class ProgramGenerator
{
    private void Proc()
    {
        int depth = LoopDepth;

        // The iterations of a proc's loops are multiplied by those of the loops that call it.
        LoopDepth = 1;
        Fuel = Random.Between(1, 5);
        switch (Random.Below(13))
        {
            case <= 3:
                SmallProc();
                break;
            case 4 or 5:
                Recursive();
                break;
            case 6 or 7:
                GeneratorProc();
                break;
            case 8:
                ClosureMaker();
                break;
            case 9:
                Worker();
                break;
            default:
                LongProc();
                break;
        }

        LoopDepth = depth;
    }

    private List<ParameterModel> Parameters()
    {
        List<ParameterModel> parameters = [];
        int count = Random.Below(4);
        for (int i = 0; i < count; i++)
        {
            bool hasDefault = parameters.Count > 0 && parameters[^1].HasDefault || (i > 0 && Random.Chance(25));
            parameters.Add(new ParameterModel(NewName("p"), Random.Chance(60) ? Kind.Int : AnyKind(), hasDefault));
        }

        return parameters;
    }

    private string Heads(List<ParameterModel> parameters, bool hasRest)
    {
        List<string> heads = [];
        foreach (ParameterModel parameter in parameters)
        {
            string annotation = Random.Chance(15) && parameter.Kind is Kind.Int or Kind.Float ? $": {ParameterType(parameter.Kind)}"
                : string.Empty;
            string value = parameter.HasDefault ? $" = {DefaultOf(parameter.Kind)}" : string.Empty;
            heads.Add($"{parameter.Name}{annotation}{value}");
        }

        if (hasRest)
        {
            heads.Add("...rest");
        }

        return string.Join(", ", heads);
    }

    private string ParameterType(Kind kind) => kind == Kind.Int ? Random.Pick("int", "int", "i32", "u8") : Random.Pick("float", "f32");

    private string DefaultOf(Kind kind)
    {
        // Only expressions without local variables: a default is evaluated at each call, in the proc's scope.
        List<Variable> all = [.. Variables];
        Variables.Clear();
        string value = Leaf(kind);
        Variables.AddRange(all);
        return value;
    }

    private int Enter(List<ParameterModel> parameters, bool hasRest)
    {
        int mark = Variables.Count;
        foreach (ParameterModel parameter in parameters)
        {
            Variables.Add(new Variable(parameter.Name, parameter.Kind, IsAnnotated: true));
        }

        if (hasRest)
        {
            Variables.Add(new Variable("rest", Kind.Ints));
        }

        return mark;
    }

    private void SmallProc()
    {
        List<ParameterModel> parameters = Parameters();
        bool hasRest = Random.Chance(10);
        Kind result = Random.Chance(60) ? Kind.Int : AnyKind();
        string name = NewName("f");
        Writer.Open($"proc {name}({Heads(parameters, hasRest)})");
        int mark = Enter(parameters, hasRest);
        if (Random.Chance(35))
        {
            Writer.Line($"if {Expression(Kind.Bool)} "
                + $"{Random.Pick("return", "return", "throw")} {(Random.Chance(70) ? Leaf(result) : Leaf(Kind.Any))}");
        }

        Writer.Line($"return {Expression(result, 2)}");
        Writer.Close();
        Variables.RemoveRange(mark, Variables.Count - mark);
        Procs.Add(new ProcModel(name, parameters, hasRest, result));
    }

    private void LongProc()
    {
        List<ParameterModel> parameters = Parameters();
        bool hasRest = Random.Chance(15);
        Kind result = AnyKind();
        string name = NewName("f");
        Writer.Open($"proc {name}({Heads(parameters, hasRest)})");
        int mark = Enter(parameters, hasRest);
        CanReturn = true;
        Statements(Random.Between(1, 4), wantsLoop: Random.Chance(50));
        CanReturn = false;
        Writer.Line($"return {Expression(result, 1)}");
        Writer.Close();
        Variables.RemoveRange(mark, Variables.Count - mark);
        Procs.Add(new ProcModel(name, parameters, hasRest, result));
    }

    private void Recursive()
    {
        string name = NewName("f");
        string n = NewName("p");
        string other = NewName("p");
        Writer.Open($"proc {name}({n}, {other} = {SmallInt()})");
        Variables.Add(new Variable(n, Kind.Int, IsAssignable: false));
        Variables.Add(new Variable(other, Kind.Int, IsAnnotated: true));
        Writer.Line($"if {n} <= 0 or {n} > 9 return {Leaf(Random.Chance(85) ? Kind.Int : Kind.Any)}");
        if (Random.Chance(30))
        {
            Writer.Line($"if {n} == {Random.Between(1, 6)} and {Expression(Kind.Bool)} "
                + $"{Random.Pick("throw \"deep\"", $"return {Leaf(Kind.Any)}")}");
        }

        string deeper = $"{name}({n} - {Random.Between(1, 2)}, {Expression(Kind.Int, 1)})";
        Writer.Line(Random.Below(4) switch
        {
            0 => $"return {name}({n} - 1) + {name}({n} - 2, {other})",
            1 => $"return {deeper} {Random.Pick("+", "-", "*", "^")} {Expression(Kind.Int, 1)}",
            2 => $"return {Expression(Kind.Int, 1)} + {deeper}",
            _ => $"return (if {Expression(Kind.Bool, 1)} {{ {deeper} }} else {{ {Leaf(Kind.Int)} }})",
        });
        Writer.Close();
        Variables.RemoveRange(Variables.Count - 2, 2);
        Procs.Add(
            new ProcModel(name, [new ParameterModel(n, Kind.Int, false), new ParameterModel(other, Kind.Int, true)], false, Kind.Int));
    }

    private void GeneratorProc()
    {
        if (Random.Chance(30))
        {
            RecursiveGenerator();
            return;
        }

        List<ParameterModel> parameters = Parameters();
        string name = NewName("f");
        Writer.Open($"proc {name}({Heads(parameters, false)})");
        int mark = Enter(parameters, false);
        CanYield = true;
        string counter = NewName("i");
        Writer.Open($"for {counter} in 0..{Random.Pick(3, 8, 20, 40)}");
        Counters.Add(counter);
        Variables.Add(new Variable(counter, Kind.Int, IsAssignable: false));
        Breakable++;
        Body(3, () => Writer.Line($"yield {Expression(Kind.Int)}"));
        Breakable--;
        Counters.RemoveAt(Counters.Count - 1);
        Writer.Close();
        CanYield = false;
        Writer.Close();
        Variables.RemoveRange(mark, Variables.Count - mark);
        Generators.Add(new ProcModel(name, parameters, false, Kind.Int));
    }

    /// <summary>A generator that no loop can inline, because it drives itself.</summary>
    private void RecursiveGenerator()
    {
        string name = NewName("f");
        string n = NewName("p");
        string value = NewName("v");
        Writer.Open($"proc {name}({n})");
        Variables.Add(new Variable(n, Kind.Int, IsAssignable: false));
        Writer.Line($"if {n} <= 0 or {n} > 6 return {Leaf(Kind.Int)}");
        CanYield = true;
        int mark = Variables.Count;
        string source = $"{name}({n} - {Random.Between(1, 2)})";
        Writer.Open($"for {value} in {source}");
        Variables.Add(new Variable(value, Kind.Int, IsAssignable: false));
        Breakable++;
        if (Random.Chance(40))
        {
            Body(1, () => Writer.Line($"yield {value}"));
        }
        else
        {
            Writer.Line($"yield {Random.Pick(value, $"{value} + {Expression(Kind.Int, 1)}", $"({value} ?? 0) ^ {n}")}");
        }

        Breakable--;
        Writer.Close();
        Variables.RemoveRange(mark, Variables.Count - mark);
        Writer.Line($"{(Random.Chance(50) ? $"if {Condition()} " : string.Empty)}yield {Expression(Kind.Int)}");
        if (Random.Chance(30))
        {
            Writer.Line($"for {value} in {Iterable()} {{ if {value} != {n} {{ yield {value} }} }}");
        }

        CanYield = false;
        Writer.Close();
        Variables.RemoveAt(Variables.Count - 1);
        Generators.Add(new ProcModel(name, [new ParameterModel(n, Kind.Int, false)], false, Kind.Int));
    }

    private void ClosureMaker()
    {
        string name = NewName("f");
        string parameter = NewName("p");
        string inner = NewName("q");
        Writer.Open($"proc {name}({parameter} = {SmallInt()})");
        Writer.Line($"var kept = {parameter}");
        Variables.Add(new Variable("kept", Kind.Int));
        Variables.Add(new Variable(inner, Kind.Int));
        Writer.Open($"return proc({inner})");
        Writer.Line($"kept {Random.Pick("+=", "-=", "^=", "= 1 +")} {Leaf(Kind.Int)}");
        Writer.Line($"return {Expression(Kind.Int, 1)}");
        Writer.Close();
        Writer.Close();
        Variables.RemoveRange(Variables.Count - 2, 2);
        Procs.Add(new ProcModel(name, [new ParameterModel(parameter, Kind.Int, true)], false, Kind.Proc));
    }
}
