using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// A .NET enum that the host has defined in an engine. Its members are the cases, each with its number in <c>value</c>; of several members
/// with one number, the name that .NET gives is that of the case, and the others stand for it too.
/// </summary>
internal sealed class HostEnumType : EnumType
{
    /// <summary>The fields of a value. The first two are those of every case without fields.</summary>
    private static readonly FieldInfo[] Fields =
        [new("ordinal", -1, false), new("name", -1, false), new("value", -1, false)];

    private readonly Value[] _numbers;
    private readonly Dictionary<long, StructObject> _values = [];

    private HostEnumType(string name, Type clrType, EnumInfo info, Value[] numbers)
        : base(name, info)
    {
        ClrType = clrType;
        _numbers = numbers;
        foreach (string alias in Enum.GetNames(clrType))
        {
            if (FindCase(alias) is null)
            {
                AddAlias(alias, FindCase(Enum.Parse(clrType, alias).ToString()!)!);
            }
        }
    }

    /// <summary>The .NET type.</summary>
    public Type ClrType { get; }

    /// <summary>The enum with its values.</summary>
    /// <param name="name">The name in scripts.</param>
    /// <param name="clrType">The .NET type, which is an enum.</param>
    /// <param name="shapeId">The type tag of the values, unique in the engine.</param>
    /// <exception cref="ArgumentException">The enum has no members.</exception>
    public static HostEnumType Make(string name, Type clrType, int shapeId)
    {
        object[] members = [.. Enum.GetValuesAsUnderlyingType(clrType).Cast<object>().Distinct()];
        if (members.Length == 0)
        {
            throw new ArgumentException($"The enum {clrType} has no members, so no value of it could be used in scripts.");
        }

        // A module holds the enum and its values, as that of a script would.
        Prototype constructor = Prototype.WithoutTables(Source, name, instructions: 0, registers: 0, children: []);
        CaseInfo[] cases = [.. members.Select((member, ordinal) => new CaseInfo(NameOf(clrType, member), ordinal + 1))];
        ModuleInstance module = new(name, new CompiledModule
        {
            Source = Source,
            Main = Prototype.WithoutTables(Source, name, instructions: 0, registers: 0, children: [constructor]),
            Variables =
            [
                new ModuleVariable(name, ModuleVariableKind.Enum, true),
                .. cases.Select(static member => new ModuleVariable(member.Name, ModuleVariableKind.Case, false)),
            ],
            Externals = [],
            Aliases = [],
            Enums = [],
            Builtins = [],
        });
        HostEnumType type = new(name, clrType, new EnumInfo(0, cases), [.. members.Select(NumberOf)]);
        module.Slots[0] = Value.FromObject(type);
        type.Add(new Shape(new StructInfo(name, Fields, [], 0) { EnumVariable = 0, Ordinal = -1 }, module.Main!, shapeId), module);
        for (int i = 0; i < members.Length; i++)
        {
            type._values.Add(BitsOf(type._numbers[i]), type.Cases[i].Value!);
        }

        return type;
    }

    /// <summary>The value with a number; null for one that is no member, such as several flags.</summary>
    /// <param name="number">The number; an unsigned one of 64 bits keeps its bits.</param>
    public StructObject? Find(long number) => _values.GetValueOrDefault(number);

    /// <summary>The .NET value of a value of this enum.</summary>
    public object ClrValueOf(StructObject value) => Enum.ToObject(ClrType, NumberOf(value));

    /// <summary>The number of a value of this enum; an unsigned one of 64 bits keeps its bits.</summary>
    public long NumberOf(StructObject value) => BitsOf(_numbers[CaseOf(value).Ordinal]);

    protected override void Fill(StructObject value, EnumMember member)
    {
        base.Fill(value, member);
        Store(value, 2, _numbers[member.Ordinal]);
    }

    private static ScriptSource Source => new(ScriptSource.LibraryFile, string.Empty);

    private static long BitsOf(in Value number) => number.IsInt ? number.AsInt : (long)(ulong)number.AsBig;

    private static string NameOf(Type clrType, object number) => Enum.ToObject(clrType, number).ToString()!;

    /// <summary>The int for a number of the underlying type.</summary>
    private static Value NumberOf(object number) => number switch
    {
        ulong large => Value.FromBig(large),
        nuint large => Value.FromBig(large),
        nint native => Value.FromInt(native),
        _ => Value.FromInt(Convert.ToInt64(number, null)),
    };
}
