using System.Collections.Generic;

namespace Lyra.Fuzz.Programs;

/// <content>Declarations of procs: small ones, with loops, recursive ones, generators.</content>
internal sealed partial class ProgramGenerator
{
    private void Proc()
    {
        int depth = _loopDepth;

        // What a proc loops over is multiplied by the loops that call it.
        _loopDepth = 1;
        _fuel = _random.Between(1, 5);
        switch (_random.Below(12))
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
            default:
                LongProc();
                break;
        }

        _loopDepth = depth;
    }

    private List<ParameterModel> Parameters()
    {
        List<ParameterModel> parameters = [];
        int count = _random.Below(4);
        for (int i = 0; i < count; i++)
        {
            bool hasDefault = parameters.Count > 0 && parameters[^1].HasDefault || (i > 0 && _random.Chance(25));
            parameters.Add(new ParameterModel(NewName("p"), _random.Chance(60) ? Kind.Int : AnyKind(), hasDefault));
        }

        return parameters;
    }

    private string Heads(List<ParameterModel> parameters, bool hasRest)
    {
        List<string> heads = [];
        foreach (ParameterModel parameter in parameters)
        {
            string annotation = _random.Chance(15) && parameter.Kind is Kind.Int or Kind.Float ? $": {ParameterType(parameter.Kind)}" : string.Empty;
            string value = parameter.HasDefault ? $" = {DefaultOf(parameter.Kind)}" : string.Empty;
            heads.Add($"{parameter.Name}{annotation}{value}");
        }

        if (hasRest)
        {
            heads.Add("...rest");
        }

        return string.Join(", ", heads);
    }

    private string ParameterType(Kind kind) => kind == Kind.Int ? _random.Pick("int", "int", "i32", "u8") : _random.Pick("float", "f32");

    private string DefaultOf(Kind kind)
    {
        // Only what is a value of its own: a default is evaluated at each call, in the proc's scope.
        List<Variable> all = [.. _variables];
        _variables.Clear();
        string value = Leaf(kind);
        _variables.AddRange(all);
        return value;
    }

    private int Enter(List<ParameterModel> parameters, bool hasRest)
    {
        int mark = _variables.Count;
        foreach (ParameterModel parameter in parameters)
        {
            _variables.Add(new Variable(parameter.Name, parameter.Kind, IsAnnotated: true));
        }

        if (hasRest)
        {
            _variables.Add(new Variable("rest", Kind.Ints));
        }

        return mark;
    }

    private void SmallProc()
    {
        List<ParameterModel> parameters = Parameters();
        bool hasRest = _random.Chance(10);
        Kind result = _random.Chance(60) ? Kind.Int : AnyKind();
        string name = NewName("f");
        _writer.Open($"proc {name}({Heads(parameters, hasRest)})");
        int mark = Enter(parameters, hasRest);
        if (_random.Chance(35))
        {
            _writer.Line($"if {Expression(Kind.Bool)} {_random.Pick("return", "return", "throw")} {(_random.Chance(70) ? Leaf(result) : Leaf(Kind.Any))}");
        }

        _writer.Line($"return {Expression(result, 2)}");
        _writer.Close();
        _variables.RemoveRange(mark, _variables.Count - mark);
        _procs.Add(new ProcModel(name, parameters, hasRest, result));
    }

    private void LongProc()
    {
        List<ParameterModel> parameters = Parameters();
        bool hasRest = _random.Chance(15);
        Kind result = AnyKind();
        string name = NewName("f");
        _writer.Open($"proc {name}({Heads(parameters, hasRest)})");
        int mark = Enter(parameters, hasRest);
        _canReturn = true;
        Statements(_random.Between(1, 4), wantsLoop: _random.Chance(50));
        _canReturn = false;
        _writer.Line($"return {Expression(result, 1)}");
        _writer.Close();
        _variables.RemoveRange(mark, _variables.Count - mark);
        _procs.Add(new ProcModel(name, parameters, hasRest, result));
    }

    private void Recursive()
    {
        string name = NewName("f");
        string n = NewName("p");
        string other = NewName("p");
        _writer.Open($"proc {name}({n}, {other} = {SmallInt()})");
        _variables.Add(new Variable(n, Kind.Int, IsAssignable: false));
        _variables.Add(new Variable(other, Kind.Int, IsAnnotated: true));
        _writer.Line($"if {n} <= 0 or {n} > 9 return {Leaf(_random.Chance(85) ? Kind.Int : Kind.Any)}");
        if (_random.Chance(30))
        {
            _writer.Line($"if {n} == {_random.Between(1, 6)} and {Expression(Kind.Bool)} {_random.Pick("throw \"deep\"", $"return {Leaf(Kind.Any)}")}");
        }

        string deeper = $"{name}({n} - {_random.Between(1, 2)}, {Expression(Kind.Int, 1)})";
        _writer.Line(_random.Below(4) switch
        {
            0 => $"return {name}({n} - 1) + {name}({n} - 2, {other})",
            1 => $"return {deeper} {_random.Pick("+", "-", "*", "^")} {Expression(Kind.Int, 1)}",
            2 => $"return {Expression(Kind.Int, 1)} + {deeper}",
            _ => $"return (if {Expression(Kind.Bool, 1)} {{ {deeper} }} else {{ {Leaf(Kind.Int)} }})",
        });
        _writer.Close();
        _variables.RemoveRange(_variables.Count - 2, 2);
        _procs.Add(new ProcModel(name, [new ParameterModel(n, Kind.Int, false), new ParameterModel(other, Kind.Int, true)], false, Kind.Int));
    }

    private void GeneratorProc()
    {
        List<ParameterModel> parameters = Parameters();
        string name = NewName("f");
        _writer.Open($"proc {name}({Heads(parameters, false)})");
        int mark = Enter(parameters, false);
        _canYield = true;
        string counter = NewName("i");
        _writer.Open($"for {counter} in 0..{_random.Pick(3, 8, 20, 40)}");
        _counters.Add(counter);
        _variables.Add(new Variable(counter, Kind.Int, IsAssignable: false));
        _breakable++;
        Body(3, () => _writer.Line($"yield {Expression(Kind.Int)}"));
        _breakable--;
        _counters.RemoveAt(_counters.Count - 1);
        _writer.Close();
        _canYield = false;
        _writer.Close();
        _variables.RemoveRange(mark, _variables.Count - mark);
        _generators.Add(new ProcModel(name, parameters, false, Kind.Int));
    }

    private void ClosureMaker()
    {
        string name = NewName("f");
        string parameter = NewName("p");
        string inner = NewName("q");
        _writer.Open($"proc {name}({parameter} = {SmallInt()})");
        _writer.Line($"var kept = {parameter}");
        _variables.Add(new Variable("kept", Kind.Int));
        _variables.Add(new Variable(inner, Kind.Int));
        _writer.Open($"return proc({inner})");
        _writer.Line($"kept {_random.Pick("+=", "-=", "^=", "= 1 +")} {Leaf(Kind.Int)}");
        _writer.Line($"return {Expression(Kind.Int, 1)}");
        _writer.Close();
        _writer.Close();
        _variables.RemoveRange(_variables.Count - 2, 2);
        _procs.Add(new ProcModel(name, [new ParameterModel(parameter, Kind.Int, true)], false, Kind.Proc));
    }
}
