using System;
using System.Collections.Generic;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Programs;

/// <summary>Statements other than loops and changes of containers.</summary>
internal abstract partial class StatementGenerator(FuzzRandom random) : IdiomGenerator(random)
{
    private static readonly (int Weight, Func<StatementGenerator, bool> Write)[] StatementTable =
    [
        (10, static g => g.Assign()), (9, static g => g.Compound()), (5, static g => g.KindChange()), (6, static g => g.IfStatement()),
        (9, static g => g.Loop()), (7, static g => g.Idiom()), (8, static g => g.ListStatement()), (7, static g => g.TableStatement()),
        (2, static g => g.SetStatement()),
        (4, static g => g.FieldStatement()), (3, static g => g.LocalDeclaration()), (3, static g => g.CallStatement()),
        (4, static g => g.Try()),
        (3, static g => g.Match()), (3, static g => g.Closures()), (3, static g => g.ExitLoop()), (2, static g => g.EarlyReturn()),
        (2, static g => g.ThrowStatement()),
        (1, static g => g.Print()), (2, static g => g.Parallel()), (2, static g => g.Unpacking()), (3, static g => g.YieldStatement()),
        (1, static g => g.NestedProc()),
        (2, static g => g.Drive()), (1, static g => g.BytesStatement()), (1, static g => g.TextGrowth()),
        (1, static g => g.HostVariable()), (1, static g => g.Task()), (2, static g => g.Pipeline()), (1, static g => g.LateVariable()),
    ];

    private static readonly int TotalWeight = Total();

    protected void Statements(int count, bool wantsLoop = false)
    {
        if (wantsLoop)
        {
            Loop();
        }

        for (int i = 0; i < count && Fuel > 0; i++)
        {
            Statement();
        }
    }

    protected override void Statement()
    {
        Fuel--;
        for (int attempt = 0; attempt < 8; attempt++)
        {
            if (Draw()(this))
            {
                return;
            }
        }

        Declare(AnyKind(), "v");
    }

    protected Func<StatementGenerator, bool> Draw()
    {
        int at = Random.Below(TotalWeight);
        foreach ((int weight, Func<StatementGenerator, bool> write) in StatementTable)
        {
            at -= weight;
            if (at < 0)
            {
                return write;
            }
        }

        return StatementTable[0].Write;
    }

    protected static int Total()
    {
        int total = 0;
        foreach ((int weight, _) in StatementTable)
        {
            total += weight;
        }

        return total;
    }

    /// <summary>The statements of a block; their declarations go out of scope after it.</summary>
    protected void Body(int most, Action? before = null)
    {
        int mark = Variables.Count;
        BlockDepth++;
        before?.Invoke();
        Statements(Random.Between(1, most));
        BlockDepth--;
        Variables.RemoveRange(mark, Variables.Count - mark);
    }

    /// <summary>The names that the program gives to types, with the kinds of the values that they take.</summary>
    protected List<(string Name, Kind Kind)> NamedTypes { get; } = [];

    protected void Declare(Kind kind, string prefix)
    {
        string name = NewName(prefix);
        string value = Expression(kind, 1);
        string? annotation = Random.Chance(20) ? Annotation(kind) : null;
        if (annotation is not null && !annotation.Contains('|', StringComparison.Ordinal) && annotation[0] != 'T' && Random.Chance(15))
        {
            Writer.Line($"var {name}: {annotation}");
            Variables.Add(new Variable(name, kind, IsAnnotated: true));
            return;
        }

        Writer.Line(annotation is null ? $"var {name} = {value}" : $"var {name}: {annotation} = {value}");
        Variables.Add(new Variable(name, kind, IsAnnotated: annotation is not null));
    }

    /// <summary>An annotation for variables of a kind: often a name that the program gives to one.</summary>
    protected string? Annotation(Kind kind) =>
        Random.Chance(40) && NamedTypes.FindAll(type => type.Kind == kind) is { Count: > 0 } named
            ? named[Random.Below(named.Count)].Name
            : PlainAnnotation(kind);

    protected string? PlainAnnotation(Kind kind) => kind switch
    {
        Kind.Int => Random.Pick(
            "int", "int", "i64", "u8", "i32", "i8", "u64", "int?", "int | str", "u8 | str", "float | str", "int | nil",
            "[int] | int | float"),
        Kind.Float => Random.Pick("float", "float", "f32", "float | int", "f32 | str"),
        Kind.Bool => Random.Pick("bool", "bool", "bool | nil | int"),
        Kind.Str => Random.Pick("str", "str", "str | int", "[str] | str"),
        Kind.Ints => Random.Pick("list", "[int]", "[i32]", "[u8]", "[i16]", "[u32]", "[u64]", "[i64?]", "[float]", "[any]"),
        Kind.Floats => Random.Pick("[float]", "[f32]", "[float?]"),
        Kind.Texts => Random.Pick("[str]", "[str?]"),
        Kind.Bools => Random.Pick("[bool]", "[bool?]"),
        Kind.Any => "any",
        _ => null,
    };

    protected bool LocalDeclaration()
    {
        Declare(AnyKind(), "v");
        return true;
    }

    protected bool Assign()
    {
        if (Find(Kind.Any, isAssignable: true) is not { } target)
        {
            return false;
        }

        string value = target.Kind == Kind.Any || target.IsAnnotated ? $"same({Expression(target.Kind)})" : Expression(target.Kind);
        if (value == target.Name)
        {
            return false;
        }

        Writer.Line($"{target.Name} = {value}");
        return true;
    }

    protected bool Compound()
    {
        Kind kind = Random.Pick(Kind.Int, Kind.Int, Kind.Int, Kind.Float, Kind.Str);
        if (Find(kind, isAssignable: true) is not { } target)
        {
            return false;
        }

        string op = kind switch
        {
            Kind.Int => Random.Pick("+=", "+=", "-=", "*=", "&=", "|=", "^=", "%= 1 +", "<<= 1 &"),
            Kind.Float => Random.Pick("+=", "-=", "*=", "/="),
            _ => "+=",
        };
        Writer.Line($"{target.Name} {op} {Expression(kind)}");
        return true;
    }

    /// <summary>In one iteration, the variable gets a value of another kind; sometimes the next iteration restores its kind.</summary>
    protected bool KindChange()
    {
        if (Counters.Count == 0 || Find(Kind.Any, isAssignable: true) is not { } target)
        {
            return false;
        }

        string counter = Random.PickFrom(Counters);
        int round = Random.Between(1, 30);
        Writer.Open($"if {counter} == {round}");
        Writer.Line(
            $"{target.Name} = {(target.Kind == Kind.Int && Random.Chance(30) ? Random.PickFrom(EdgeInts) : Wrong(target.Kind))}");
        if (Random.Chance(40))
        {
            Writer.Reopen($"else if {counter} == {round + Random.Between(1, 6)}");
            Writer.Line($"{target.Name} = {Expression(target.Kind)}");
        }

        Writer.Close();
        return true;
    }

    protected bool IfStatement()
    {
        if (BlockDepth >= MaxBlockDepth)
        {
            return false;
        }

        Writer.Open($"if {Condition()}");
        Body(3);
        if (Random.Chance(50))
        {
            Writer.Reopen(Random.Chance(25) ? $"else if {Condition()}" : "else");
            Body(3);
        }

        Writer.Close();
        return true;
    }

    /// <summary>A condition that changes between iterations, if there is an enclosing loop.</summary>
    protected string Condition() => Counters.Count > 0 && Random.Chance(55)
        ? Random.Chance(60)
            ? $"{Random.PickFrom(Counters)} % {Random.Between(2, 7)} {Random.Pick("==", "!=", "<")} {Random.Below(3)}"
            : $"{Random.PickFrom(Counters)} {Random.Pick("<", ">", "==", ">=")} {Random.Between(1, 40)}"
        : Expression(Kind.Bool);

    protected bool CallStatement()
    {
        if (Procs.Count == 0)
        {
            return false;
        }

        Writer.Line(Call(Random.PickFrom(Procs), 1));
        return true;
    }

    protected bool Print()
    {
        Writer.Line(Random.Chance(30) ? $"write({Leaf(Kind.Any)}, \" \")" : $"print(\"p\", {Expression(Kind.Any)})");
        return true;
    }

    protected bool Parallel()
    {
        if (Find(Kind.Int, isAssignable: true) is not { } first
            || Find(Random.Pick(Kind.Int, Kind.Float), isAssignable: true) is not { } second)
        {
            return false;
        }

        string left = Random.Chance(60) || first.IsAnnotated ? Expression(first.Kind) : second.Name;
        string right = second.IsAnnotated ? Expression(second.Kind) : first.Name;
        Writer.Line($"{first.Name}, {second.Name} = {left}, {right}");
        return true;
    }

    protected bool Unpacking()
    {
        string first = NewName("v");
        string second = NewName("v");
        Writer.Line(Random.Chance(60)
            ? $"var ({first}, {second}) = {Expression(Kind.Pair)}"
            : $"var [{first}, {second}] = [{Expression(Kind.Int)}, {Expression(Kind.Any)}]");
        Variables.Add(new Variable(first, Kind.Int));
        Variables.Add(new Variable(second, Kind.Any));
        return true;
    }

    protected bool TextGrowth()
    {
        if (Find(Kind.Str, isAssignable: true) is not { } target)
        {
            return false;
        }

        string changed = Random.Pick(
            $"{target.Name} + {Word()}", $"\"${{{target.Name}}}.${{{Leaf(Kind.Int)}}}\"", $"{target.Name}[1..] + \"z\"");
        Writer.Line($"{target.Name} = {changed}");
        return true;
    }
}
