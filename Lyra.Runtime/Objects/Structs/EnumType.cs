using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// An enum declaration at run time: the value that the enum's name is bound to. The values of a case with fields are instances of a struct
/// of their own; those without fields are one instance each of a struct whose field is the position of the case.
/// </summary>
internal sealed class EnumType : OwnedObject
{
    private readonly Dictionary<string, EnumMember> _cases = [];
    private readonly Dictionary<string, Closure> _statics = [];

    public EnumType(EnumInfo info, LinkedPrototype owner)
    {
        Name = info.Name;
        NameText = TypeNames.OfDeclared(Name);
        foreach (MethodInfo method in info.Statics)
        {
            _statics[method.Name] = new Closure(owner.Child(method.Prototype), []);
        }

        Cases = new EnumMember[info.Cases.Length];
        for (int i = 0; i < Cases.Length; i++)
        {
            Cases[i] = NewCase(owner.Module, info, i);
            _cases[info.Cases[i].Name] = Cases[i];
        }
    }

    public string Name { get; }

    /// <summary>The str that <c>type(v)</c> returns for each value.</summary>
    public ScriptString NameText { get; }

    /// <summary>The cases, in the order of their ordinals.</summary>
    public EnumMember[] Cases { get; }

    public override ValueKind Kind => ValueKind.EnumType;

    public override long OwnBytes => BytesFor(Cases.Length, _statics.Count);

    /// <summary>Bytes of a declaration, with its tables of names and the closures of its procs.</summary>
    public static long BytesFor(int cases, int statics) => 512 + (192L * cases) + (128L * statics);

    /// <summary>A case by its name; null when there is none.</summary>
    public EnumMember? FindCase(string name) => _cases.GetValueOrDefault(name);

    /// <summary>A proc without <c>self</c>, called on the enum; null when there is none.</summary>
    public Closure? FindStatic(string name) => _statics.GetValueOrDefault(name);

    /// <summary>The names of the procs without <c>self</c>.</summary>
    public IReadOnlyCollection<string> StaticNames => _statics.Keys;

    /// <summary>The case of a value of this enum.</summary>
    public EnumMember CaseOf(StructObject value) => Cases[value.Shape.Ordinal >= 0 ? value.Shape.Ordinal : (int)value.First.AsInt];

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.Visit(NameText);
        foreach (EnumMember member in Cases)
        {
            visitor.Visit(member.Shape);
            visitor.Visit(member.Value);
        }

        foreach (Closure method in _statics.Values)
        {
            visitor.Visit(method);
        }
    }

    /// <summary>Makes a case and, if it is a value, stores it in its variable. The module has declared the structs before.</summary>
    private EnumMember NewCase(ModuleInstance module, EnumInfo info, int ordinal)
    {
        CaseInfo row = info.Cases[ordinal];
        Shape shape = (Shape)module.Slots[row.HasFields ? row.Variable : info.PlainVariable].Ref!;
        shape.BelongTo(this, row.HasFields ? ordinal : Shape.NoOrdinal);
        if (row.HasFields)
        {
            return new EnumMember(row.Name, ordinal, shape, null);
        }

        StructObject value = StructObject.Create(shape);
        Value position = Value.FromInt(ordinal);
        shape.NoteStore(0, position);
        value.Slot(0) = position;
        module.Slots[row.Variable] = Value.FromObject(value);
        return new EnumMember(row.Name, ordinal, shape, value);
    }
}

/// <summary>A case of an enum.</summary>
/// <param name="Name">The name.</param>
/// <param name="Ordinal">The position among the cases, from 0.</param>
/// <param name="Shape">The struct of its values.</param>
/// <param name="Value">Its only value; null for a case with fields.</param>
internal sealed record EnumMember(string Name, int Ordinal, Shape Shape, StructObject? Value);
