using System;
using System.Collections.Generic;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Programs;

/// <summary>
/// Generates a program from a seed: declarations, a few scenarios with loops that become hot, and prints of the results. The generator
/// tracks the kind of every variable, so most operations are valid; now and then it makes an invalid one on purpose. Every program
/// compiles. The seed decides whether it ends in an error.
/// </summary>
/// <remarks>
/// The programs attack the compiler's assumptions: kinds of values, list strategies, map keys, callees, overflow, loop limits, aliases, and
/// frames that an exit must rebuild. So loops are short and many, and most of them change something in one of their iterations.
/// </remarks>
internal sealed partial class ProgramGenerator : StatementGenerator
{
    /// <summary>The programs of one of so many seeds use objects of the host.</summary>
    private const long SeedsPerObjects = 12;

    private readonly bool _isShort;

    /// <summary>Whether a scenario uses objects of the host.</summary>
    private readonly bool _hasObjects;

    private ProgramGenerator(long seed, bool isShort)
        : base(new FuzzRandom(seed))
    {
        _isShort = isShort;
        _hasObjects = seed % SeedsPerObjects == 5;
    }

    /// <summary>
    /// The text of a seed's program. Two of three are short: with fewer declarations and one scenario, they take half the time.
    /// </summary>
    public static string Generate(long seed) => Generate(seed, new FuzzRandom(unchecked(seed * 11 + 9)).Below(3) > 0);

    /// <summary>The text of a short or long program.</summary>
    public static string Generate(long seed, bool isShort)
    {
        ProgramGenerator generator = new(seed, isShort);
        generator.Program();
        return generator.Writer.ToString();
    }

    private void Program()
    {
        ExpressionsPerMistake = Random.Pick(60, 200, 1_000, 1_000_000);
        Imports();
        Writer.Line("proc same(v) { return v }");
        Repeat(Random.Pick(0, 0, 1, 2), NamedType);
        Repeat(_isShort ? Random.Below(2) : Random.Pick(0, 0, 1, 1, 2), Struct);
        Repeat(Random.Chance(_isShort ? 10 : 25) ? 1 : 0, Enum);
        Repeat(Random.Between(1, _isShort ? 2 : 4), ModuleVariable);
        Repeat(Random.Between(1, _isShort ? 2 : 4), Proc);
        Repeat(_isShort ? 1 : Random.Pick(1, 1, 2, 2, 3), Scenario);
        if (Random.Chance(4))
        {
            DispatchScenario();
        }

        if (_hasObjects)
        {
            ObjectScenario();
        }

        foreach (Variable variable in Variables)
        {
            Writer.Line($"print({variable.Name})");
        }

        Writer.Line(Variables[0].Name);
    }

    private void Imports()
    {
        HasMath = Random.Chance(35);
        HasBits = Random.Chance(10);
        if (HasMath)
        {
            Writer.Line("import math");
        }

        if (HasBits)
        {
            Writer.Line("import bits");
        }
    }

    /// <summary>Gives a name to a type. Its variables have values from the start, so that a union needs no nil.</summary>
    private void NamedType()
    {
        Kind kind = AnyKind();
        if (PlainAnnotation(kind) is not { } type)
        {
            return;
        }

        string name = NewName("T");
        Writer.Line($"type {name} = {type}");
        NamedTypes.Add((name, kind));
    }

    private void ModuleVariable()
    {
        Kind kind = AnyKind();
        Declare(kind, "g");
    }

    /// <summary>
    /// Code to observe: usually a proc, whose variables are registers; sometimes the top level, whose variables belong to the module.
    /// </summary>
    private void Scenario()
    {
        Fuel = _isShort ? Random.Between(3, 7) : Random.Between(5, 14);
        if (Random.Chance(25))
        {
            TopLevelScenario();
            return;
        }

        string name = NewName("s");
        int parameters = Random.Below(3);
        List<string> names = [];
        int mark = Variables.Count;
        for (int i = 0; i < parameters; i++)
        {
            string parameter = NewName("p");
            names.Add(parameter);
            Variables.Add(new Variable(parameter, Random.Chance(70) ? Kind.Int : Kind.Any));
        }

        Writer.Open($"proc {name}({string.Join(", ", names)})");
        CanReturn = true;
        Repeat(Random.Between(1, 4), () => Declare(AnyKind(), "v"));
        InnerTypes();
        Statements(Random.Between(2, 5), wantsLoop: true);
        Writer.Line($"return {Outcome(mark)}");
        CanReturn = false;
        Writer.Close();
        Variables.RemoveRange(mark, Variables.Count - mark);
        CallScenario(name, parameters);
    }

    /// <summary>Sometimes a struct and a name for it that the proc has for itself.</summary>
    private void InnerTypes()
    {
        if (!Random.Chance(10))
        {
            return;
        }

        string name = NewName("In");
        string alias = NewName("Also");
        Writer.Line($"struct {name} {{ x: {alias} | int = nil }}");
        Writer.Line($"type {alias} = {name} | nil");
        string variable = NewName("v");
        Writer.Line($"let {variable}: {alias} = {name}({name}({SmallInt()}))");
        Writer.Line($"print({variable}, {variable}.x is {name})");
    }

    private void TopLevelScenario()
    {
        int mark = Variables.Count;
        Writer.Open("try");
        IsTopLevel = true;
        Repeat(Random.Between(1, 3), () => Declare(AnyKind(), "v"));
        Statements(Random.Between(2, 4), wantsLoop: true);
        IsTopLevel = false;
        Writer.Line($"print({Outcome(mark)})");
        CatchAll();
        Variables.RemoveRange(mark, Variables.Count - mark);
    }

    private void CallScenario(string name, int parameters)
    {
        bool isRepeated = Random.Chance(35);
        if (isRepeated)
        {
            Writer.Open(Random.Chance(50) ? $"for a in [1, 2, {Leaf(Kind.Int)}, {Leaf(AnyKind())}]"
                : $"for a in 0..{Random.Between(2, 9)}");
        }

        Writer.Open("try");
        List<string> arguments = [];
        for (int i = 0; i < parameters; i++)
        {
            arguments.Add(isRepeated && i == 0 ? "a" : Leaf(Random.Chance(80) ? Kind.Int : AnyKind()));
        }

        Writer.Line($"print({name}({string.Join(", ", arguments)}))");
        CatchAll();
        if (isRepeated)
        {
            Writer.Close();
        }
    }

    private void CatchAll()
    {
        Writer.Reopen("catch e");
        Writer.Line("print(e.kind, e.message, e.line, e.column, length(e.trace))");
        Writer.Close();
    }

    /// <summary>The variables declared since the mark, as one value.</summary>
    private string Outcome(int mark)
    {
        List<string> names = [];
        for (int i = mark; i < Variables.Count && names.Count < 8; i++)
        {
            names.Add(Variables[i].Name);
        }

        return $"[{string.Join(", ", names)}]";
    }

}
