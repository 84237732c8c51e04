using System;
using System.Collections.Generic;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Programs;

/// <summary>
/// Makes a program of a seed: declarations, some scenarios with loops that become hot, and prints of what came of them. It knows the kind of every
/// variable, so that most operations are valid, and gives wrong ones on purpose now and then. Every program compiles; whether it ends in an error is up to
/// the seed.
/// </summary>
/// <remarks>
/// What it aims at are the compiler's assumptions: kinds of values, strategies of lists, keys of maps, callees, overflow, ends of loops, aliases, and frames
/// that must be there when something leaves. So loops are short and many, and most of them change something in one of their rounds.
/// </remarks>
internal sealed partial class ProgramGenerator
{
    private const int MaxExpressionDepth = 3;

    private readonly FuzzRandom _random;
    private readonly ProgramWriter _writer = new();
    private readonly List<Variable> _variables = [];
    private readonly List<ProcModel> _procs = [];
    private readonly List<ProcModel> _generators = [];
    private readonly List<StructModel> _structs = [];

    /// <summary>Variables that count a loop's rounds, the innermost last.</summary>
    private readonly List<string> _counters = [];

    /// <summary>Labels of the loops around.</summary>
    private readonly List<string> _labels = [];

    private int _names;
    private int _blockDepth;
    private int _loopDepth;

    /// <summary>Loops around in the present proc, for <c>break</c> and <c>continue</c>.</summary>
    private int _breakable;

    private bool _canReturn;
    private bool _canYield;

    /// <summary>Whether statements stand outside of all procs, where a task may be awaited.</summary>
    private bool _isTopLevel;

    private bool _hasMath;
    private bool _hasBits;

    /// <summary>A mistake is made once in so many expressions.</summary>
    private int _mistakes;

    /// <summary>Statements that a body may still have.</summary>
    private int _fuel;

    private ProgramGenerator(long seed) => _random = new FuzzRandom(seed);

    /// <summary>The text of a seed's program.</summary>
    public static string Generate(long seed)
    {
        ProgramGenerator generator = new(seed);
        generator.Program();
        return generator._writer.ToString();
    }

    private void Program()
    {
        _mistakes = _random.Pick(60, 200, 1_000, 1_000_000);
        Imports();
        _writer.Line("proc same(v) { return v }");
        Repeat(_random.Pick(0, 0, 1, 1, 2), Struct);
        Repeat(_random.Between(1, 4), ModuleVariable);
        Repeat(_random.Between(1, 4), Proc);
        Repeat(_random.Pick(1, 1, 2, 2, 3), Scenario);
        foreach (Variable variable in _variables)
        {
            _writer.Line($"print({variable.Name})");
        }

        _writer.Line(_variables[0].Name);
    }

    private void Imports()
    {
        _hasMath = _random.Chance(35);
        _hasBits = _random.Chance(10);
        if (_hasMath)
        {
            _writer.Line("import math");
        }

        if (_hasBits)
        {
            _writer.Line("import bits");
        }
    }

    private void ModuleVariable()
    {
        Kind kind = AnyKind();
        Declare(kind, "g");
    }

    /// <summary>Something to observe: mostly a proc, whose variables are registers, and sometimes the top level, whose variables are the module's.</summary>
    private void Scenario()
    {
        _fuel = _random.Between(5, 14);
        if (_random.Chance(25))
        {
            TopLevelScenario();
            return;
        }

        string name = NewName("s");
        int parameters = _random.Below(3);
        List<string> names = [];
        int mark = _variables.Count;
        for (int i = 0; i < parameters; i++)
        {
            string parameter = NewName("p");
            names.Add(parameter);
            _variables.Add(new Variable(parameter, _random.Chance(70) ? Kind.Int : Kind.Any));
        }

        _writer.Open($"proc {name}({string.Join(", ", names)})");
        _canReturn = true;
        Repeat(_random.Between(1, 4), () => Declare(AnyKind(), "v"));
        Statements(_random.Between(2, 5), wantsLoop: true);
        _writer.Line($"return {Outcome(mark)}");
        _canReturn = false;
        _writer.Close();
        _variables.RemoveRange(mark, _variables.Count - mark);
        CallScenario(name, parameters);
    }

    private void TopLevelScenario()
    {
        int mark = _variables.Count;
        _writer.Open("try");
        _isTopLevel = true;
        Repeat(_random.Between(1, 3), () => Declare(AnyKind(), "v"));
        Statements(_random.Between(2, 4), wantsLoop: true);
        _isTopLevel = false;
        _writer.Line($"print({Outcome(mark)})");
        CatchAll();
        _variables.RemoveRange(mark, _variables.Count - mark);
    }

    private void CallScenario(string name, int parameters)
    {
        bool isRepeated = _random.Chance(35);
        if (isRepeated)
        {
            _writer.Open(_random.Chance(50) ? $"for a in [1, 2, {Leaf(Kind.Int)}, {Leaf(AnyKind())}]" : $"for a in 0..{_random.Between(2, 9)}");
        }

        _writer.Open("try");
        List<string> arguments = [];
        for (int i = 0; i < parameters; i++)
        {
            arguments.Add(isRepeated && i == 0 ? "a" : Leaf(_random.Chance(80) ? Kind.Int : AnyKind()));
        }

        _writer.Line($"print({name}({string.Join(", ", arguments)}))");
        CatchAll();
        if (isRepeated)
        {
            _writer.Close();
        }
    }

    private void CatchAll()
    {
        _writer.Reopen("catch e");
        _writer.Line("print(e.kind, e.message, e.line, e.column, length(e.trace))");
        _writer.Close();
    }

    /// <summary>The variables declared since, as one value.</summary>
    private string Outcome(int mark)
    {
        List<string> names = [];
        for (int i = mark; i < _variables.Count && names.Count < 8; i++)
        {
            names.Add(_variables[i].Name);
        }

        return $"[{string.Join(", ", names)}]";
    }

    private string NewName(string prefix) => $"{prefix}{_names++}";

    private static void Repeat(int count, Action action)
    {
        for (int i = 0; i < count; i++)
        {
            action();
        }
    }
}
