using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Testing;
using Lyra.Tests.Harness;
using Shouldly;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Parses graphs from text, and defines the objects that the text may name.</summary>
internal static class IrTexts
{
    public static readonly LinkedPrototype Main = Proc("main");
    public static readonly LinkedPrototype Add = Proc("add");
    public static readonly Shape Point = TestShapes.Create("Point", ["x", "y"]);
    public static readonly Shape Line = TestShapes.Create("Line", ["a", "b", "c"]);
    public static readonly ModuleInstance Game = Module("game", 4);
    public static readonly ModuleInstance Other = Module("other", 4);

    /// <summary>The objects that the names in the tests' IR denote.</summary>
    public static readonly Dictionary<string, object> Objects = new()
    {
        ["main"] = Main,
        ["add"] = Add,
        ["Point"] = Point,
        ["Line"] = Line,
        ["game"] = Game,
        ["other"] = Other,
        ["range"] = new RangeObject(3, 30, 3, false),
        ["pair"] = TupleObject.Of([Value.FromInt(1), Value.FromText("two")]),
        ["closure"] = new Closure(Add, [Value.FromInt(5), Value.FromObject(new Upvalue()), Value.Nil]),
        ["Twice"] = Helper(nameof(Twice), IrType.Int, IrEffects.None),
        ["Measure"] = Helper(nameof(Measure), IrType.Any, IrEffects.Exits, IrMemory.Tables),
        ["Keys"] = Helper(nameof(Keys), IrType.Int, IrEffects.None, IrMemory.TableKeys) with { IsTotal = true },
        ["Find"] = Helper(nameof(Find), IrType.Int, IrEffects.None, IrMemory.TableKeys) with { IsTotal = true },
        ["Touch"] = Helper(nameof(Touch), IrType.None, IrEffects.None, IrMemory.None, IrMemory.Tables),
        ["Grow"] = Helper(nameof(Grow), IrType.None, IrEffects.Exits, IrMemory.ListHeaders, IrMemory.ListHeaders | IrMemory.IntElements),
        ["Rank"] = Host((int number) => 2 * number),
        ["Make"] = Helper(nameof(Make), IrType.List, IrEffects.Exits | IrEffects.Allocates),
    };

    /// <summary>The rows of <see cref="RegionHelpers"/> by name.</summary>
    public static readonly IReadOnlyDictionary<string, RegionHelper> Helpers = RegionHelpers.All.ToDictionary(helper => helper.Name);

    public static IrGraph Parse(string text) => IrParser.Parse(text, Helpers, Objects);

    public static string Print(IrGraph graph) => IrPrinter.Print(graph, new IrNames(Objects));

    /// <summary>Parses a graph, which must pass the verifier.</summary>
    public static IrGraph ParseValid(string text)
    {
        IrGraph graph = Parse(text);
        IrVerifier.Verify(graph).ShouldBeEmpty(text);
        return graph;
    }

    /// <summary>A call of a delegate of the host with numbers.</summary>
    private static HostCall Host(Delegate function)
    {
        Intrinsic intrinsic = DelegateAdapter.CreateMember("rank", "T", function);
        HostType?[] types = new HostType?[function.Method.GetParameters().Length];
        return HostCall.Directly(new NativeProc(intrinsic), DelegateAdapter.Of(intrinsic)!, types, exact: null)!;
    }

    public static long Twice(long number) => 2 * number;

    public static Value Measure(MapObject map) => Value.FromInt(map.Count);

    public static long Keys(MapObject map) => map.Count;

    public static long Find(MapObject map, long key) => map.PositionOf(key);

    public static void Touch(MapObject map) => map.ShouldNotBeNull();

    public static bool Grow(ListObject list, long item)
    {
        list.Ints[list.Count++] = item;
        return item != 0;
    }

    public static ListObject Make(long first) => ListObject.OfInts([first], 1);

    public static RegionHelper Helper(string name, IrType result, IrEffects effects, IrMemory reads = IrMemory.None,
        IrMemory writes = IrMemory.None) =>
        new(name, typeof(IrTexts), result, effects) { Reads = reads, Writes = writes };

    private static LinkedPrototype Proc(string name)
    {
        ScriptSource source = new("test.lyra", string.Empty);
        return new LinkedPrototype(Prototype.WithoutTables(source, name, instructions: 100, registers: 20, children: []), Module(name, 0));
    }

    /// <summary>A module that contains only variables.</summary>
    public static ModuleInstance Module(string name, int variables)
    {
        Prototype main = TestShapes.CreatePrototype("<module>", []);
        ModuleVariable[] all = new ModuleVariable[variables];
        Array.Fill(all, new ModuleVariable("v", ModuleVariableKind.Var, false));
        return new ModuleInstance(name,
            new CompiledModule
            {
                Source = main.Source,
                Main = main,
                Variables = all,
                Externals = [],
                Aliases = [],
                Enums = [],
                Builtins = [],
            });
    }
}
