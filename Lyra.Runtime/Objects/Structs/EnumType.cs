using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// An enum declaration at run time: the value that the enum's name is bound to. The values of a case with fields are instances of a struct
/// of their own; those without fields are one instance each of a struct that they share, whose fields are the position and the name. All
/// these structs have the methods of the enum.
/// </summary>
internal class EnumType : OwnedObject
{
    private readonly EnumInfo _info;
    private readonly Dictionary<string, EnumMember> _cases = [];

    /// <summary>One of the structs, from when the first is declared.</summary>
    private Shape? _anyShape;

    public EnumType(string name, EnumInfo info)
    {
        Name = name;
        NameText = TypeNames.OfDeclared(name);
        _info = info;
        Cases = new EnumMember[info.Cases.Length];
        for (int i = 0; i < Cases.Length; i++)
        {
            Cases[i] = new EnumMember(info.Cases[i].Name, i);
            _cases[info.Cases[i].Name] = Cases[i];
        }
    }

    public string Name { get; }

    /// <summary>The str that <c>type(v)</c> returns for each value.</summary>
    public ScriptString NameText { get; }

    /// <summary>The cases, in the order of their ordinals.</summary>
    public EnumMember[] Cases { get; }

    /// <summary>The names of the procs without <c>self</c>.</summary>
    public IReadOnlyCollection<string> StaticNames => _anyShape?.StaticNames ?? [];

    public override ValueKind Kind => ValueKind.Enum;

    public override long OwnBytes => BytesFor(Cases.Length);

    /// <summary>Bytes of a declaration with its table of names.</summary>
    public static long BytesFor(int cases) => 512 + (192L * cases);

    /// <summary>A case by its name; null when there is none.</summary>
    public EnumMember? FindCase(string name) => _cases.GetValueOrDefault(name);

    /// <summary>
    /// What a name on the enum stands for: a proc without <c>self</c>, the value of a case without fields, or the proc that makes the
    /// values of another. Null when it is none of these.
    /// </summary>
    public ScriptObject? FindMember(string name) => _anyShape?.FindStatic(name) ?? FindCase(name)?.Member;

    /// <summary>The case of a value of this enum.</summary>
    public EnumMember CaseOf(StructObject value)
    {
        long ordinal = value.Shape.IsPlain ? value.First.AsInt : value.Shape.Ordinal;

        // Only code that no compiler wrote could make a value of another position.
        return (ulong)ordinal < (ulong)Cases.Length ? Cases[ordinal] : Cases[0];
    }

    /// <summary>
    /// Takes over a struct of its values, which has just been declared. With that of the cases without fields, makes these values, and
    /// stores them in the variables of the module.
    /// </summary>
    public void Add(Shape shape, ModuleInstance module)
    {
        _anyShape = shape;
        if (!shape.IsPlain)
        {
            Cases[shape.Ordinal].Shape = shape;
            return;
        }

        foreach (EnumMember member in Cases)
        {
            int variable = _info.Cases[member.Ordinal].Variable;
            if (variable >= 0)
            {
                member.Shape = shape;
                member.Value = NewPlain(shape, member);
                module.Slots[variable] = Value.FromObject(member.Value);
            }
        }
    }

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.Visit(NameText);
        foreach (EnumMember member in Cases)
        {
            visitor.Visit(member.Shape);
            visitor.Visit(member.Value);
        }
    }

    /// <summary>Adds a name under which a case is known too.</summary>
    protected void AddAlias(string name, EnumMember member) => _cases.Add(name, member);

    /// <summary>Fills in the fields of the value of a case without fields.</summary>
    protected virtual void Fill(StructObject value, EnumMember member)
    {
        Store(value, 0, Value.FromInt(member.Ordinal));
        Store(value, 1, Value.FromText(member.Name));
    }

    private StructObject NewPlain(Shape shape, EnumMember member)
    {
        StructObject value = StructObject.Create(shape);
        Fill(value, member);
        return value;
    }

    protected static void Store(StructObject instance, int field, in Value value)
    {
        instance.Shape.NoteStore(field, value);
        instance.Slot(field) = value;
    }
}

/// <summary>A case of an enum.</summary>
/// <param name="name">The name.</param>
/// <param name="ordinal">The position among the cases, from 0.</param>
internal sealed class EnumMember(string name, int ordinal)
{
    public string Name { get; } = name;

    public int Ordinal { get; } = ordinal;

    /// <summary>The struct of its values; null before its declaration.</summary>
    public Shape? Shape { get; set; }

    /// <summary>Its only value; null for a case with fields.</summary>
    public StructObject? Value { get; set; }

    /// <summary>What the case's name on the enum stands for: its value, or the proc that makes values from the fields.</summary>
    public ScriptObject? Member => Value ?? (ScriptObject?)Shape?.Constructor;
}
