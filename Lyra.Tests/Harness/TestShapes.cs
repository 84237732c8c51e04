using System.Linq;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Tests.Harness;

/// <summary>
/// Struct types without source. Their methods are empty; a test implements them with <see cref="BareContext.OnInvokeMethod"/>.
/// </summary>
internal static class TestShapes
{
    /// <summary>A struct type with the given fields and methods that take self.</summary>
    public static Shape Create(string name, string[] fields, params string[] methods)
    {
        Prototype[] children = [.. methods.Prepend("constructor").Select(n => CreatePrototype(n, []))];
        Prototype main = CreatePrototype("<module>", children);
        CompiledModule compiled = new()
        {
            Source = main.Source,
            Main = main,
            Variables = [],
            Externals = [],
            Aliases = [],
            Enums = [],
            Builtins = [],
        };
        StructInfo info = new(
            name,
            [.. fields.Select(f => new FieldInfo(f, -1, false))],
            [.. methods.Select((m, i) => new MethodInfo(m, i + 1, true))],
            0);
        return new Shape(info, new ModuleInstance("test", compiled).Main!, ScriptObject.FirstShapeTag);
    }

    /// <summary>An instance with the given values in its fields.</summary>
    public static Value Instance(Shape shape, params Value[] fields)
    {
        StructObject instance = StructObject.Create(shape);
        for (int i = 0; i < fields.Length; i++)
        {
            instance.Slot(i) = fields[i];
        }

        return Value.FromObject(instance);
    }

    /// <summary>A proc that does nothing.</summary>
    public static Prototype CreatePrototype(string name, Prototype[] children) =>
        Prototype.WithoutTables(new ScriptSource("test.lyra", string.Empty), name, instructions: 0, registers: 0, children);
}
