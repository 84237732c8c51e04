using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>A value that an object holds, or a root of a heap, with its place.</summary>
/// <param name="Name">The name of the field or variable; null for a position.</param>
/// <param name="Index">The position; 0 when there is a name.</param>
/// <param name="Value">The value.</param>
internal readonly record struct HeapPart(string? Name, int Index, Value Value)
{
    /// <summary>Appends the place of this part to the path of its holder: <c>x</c>, <c>xs[3]</c>, <c>p.x</c>.</summary>
    public string After(string path) => Name is null
        ? $"{path}[{Index.ToString(CultureInfo.InvariantCulture)}]"
        : path.Length == 0 ? Name : $"{path}.{Name}";
}

/// <summary>
/// The observable content of one object, read without running script code: a description of the object itself, and the values that it
/// holds in an order that depends only on the script. It excludes what a script can't observe: capacities, the strategies of lists, the
/// forms of strs, dead registers. One instance serves many objects, one after the other.
/// </summary>
internal sealed class HeapContent
{
    private readonly List<HeapPart> _parts = [];

    /// <summary>The description of the object itself; for a str, a big int and bytes it is their content.</summary>
    public string Head { get; private set; } = string.Empty;

    /// <summary>The values that the object holds.</summary>
    public IReadOnlyList<HeapPart> Parts => _parts;

    /// <summary>Reads another object.</summary>
    public void Read(ScriptObject o)
    {
        _parts.Clear();
        Head = o switch
        {
            ScriptString text => text.Text,
            BigInt big => big.Value.ToString(CultureInfo.InvariantCulture),
            BytesObject bytes => $"bytes {Convert.ToHexString(bytes.Items)}",
            RangeObject range => HeadOf(range),
            TupleObject tuple => "tuple" + Positions(tuple.Items),
            ListObject list => HeadOf(list),
            MapObject map => HeadOf(map),
            SetObject set => HeadOf(set),
            StructObject instance => HeadOf(instance),
            Shape shape => HeadOf(shape),
            EnumType type => HeadOf(type),
            DeclaredType type => $"type {type.Name} = {type.Type.Type.Display()}",
            Closure closure => HeadOf(closure),
            BoundProc bound => HeadOf(bound),
            NativeProc native => $"native {native.Intrinsic.Name}",
            Upvalue variable => "variable" + Named("value", variable.Value),
            ModuleInstance module => HeadOf(module),
            ErrorObject error => HeadOf(error),
            TaskObject task => HeadOf(task),
            GeneratorObject generator => HeadOf(generator),
            ChannelObject channel => $"channel {channel.Capacity} {channel.IsClosed}" + Positions([.. channel.Waiting()]),
            BigRangeIterator iterator => $"range iterator {iterator.Next} {iterator.End} {iterator.IsDone}",
            HostObject host => $"host {host.TypeName}",
            HostType type => $"host type {type.Name}",
            HostCollection collection => $"host {collection.TypeName}",
            ScriptIterator iterator => HeadOfOther(iterator) + (iterator.IsDone ? " at its end" : string.Empty),
            _ => HeadOfOther(o),
        };
    }

    private string HeadOf(ListObject list)
    {
        for (int i = 0; i < list.Count; i++)
        {
            _parts.Add(new HeapPart(null, i, list.Get(i)));
        }

        return $"list{Annotation(list.ElementType)}";
    }

    private string HeadOf(MapObject map)
    {
        int index = 0;
        for (int position = 0; position < map.EntryLimit; position++)
        {
            if (map.TryEntryAt(position, out Value key, out Value value))
            {
                _parts.Add(new HeapPart("key", index, key));
                _parts.Add(new HeapPart(key.Ref is ScriptString { Length: < 40 } text ? text.Text : null, index++, value));
            }
        }

        return $"map{Annotation(map.KeyType)}{Annotation(map.ValueType)}";
    }

    private string HeadOf(SetObject set)
    {
        int index = 0;
        for (int position = 0; position < set.EntryLimit; position++)
        {
            if (set.TryEntryAt(position, out Value item))
            {
                _parts.Add(new HeapPart(null, index++, item));
            }
        }

        return $"set{Annotation(set.ElementType)}";
    }

    private string HeadOf(StructObject instance)
    {
        for (int i = 0; i < instance.Shape.Fields.Length; i++)
        {
            _parts.Add(new HeapPart(instance.Shape.Fields[i].Name, 0, instance.Slot(i)));
        }

        _parts.Add(new HeapPart("struct", 0, Value.FromObject(instance.Shape)));
        return "instance";
    }

    /// <summary>
    /// The declaration determines the methods and the types of fields; the constructor's place in the source identifies it.
    /// </summary>
    private string HeadOf(Shape shape) => $"struct {shape.Name}" + Named("constructor", Value.FromObject(shape.Constructor));

    /// <summary>The constructors of the cases with fields identify the declaration; an enum without such is told by its cases.</summary>
    private string HeadOf(EnumType type)
    {
        foreach (EnumMember member in type.Cases)
        {
            Value made = member.Member is { } value and not StructObject ? Value.FromObject(value) : Value.Nil;
            _parts.Add(new HeapPart(member.Name, member.Ordinal, made));
        }

        return $"enum {type.Name}";
    }

    private string HeadOf(Closure closure)
    {
        Prototype prototype = closure.Prototype;
        for (int i = 0; i < closure.Captures.Length; i++)
        {
            _parts.Add(new HeapPart(i < prototype.Captures.Length ? prototype.Captures[i].Name : null, i, closure.Captures[i]));
        }

        _parts.Add(new HeapPart("module", 0, Value.FromObject(closure.Code.Module)));
        (int line, int column) = prototype.PositionAt(0);
        return $"proc {prototype.Kind} {prototype.Name} {prototype.Source.FileName}:{line}:{column}";
    }

    private string HeadOf(BoundProc bound) =>
        "bound" + Named("receiver", bound.Receiver) + Named("proc", Value.FromObject(bound.Target));

    private string HeadOf(ModuleInstance module)
    {
        for (int i = 0; i < module.Slots.Length; i++)
        {
            _parts.Add(new HeapPart(module.Compiled?.Variables[i].Name, i, module.Slots[i]));
        }

        for (int i = 0; i < module.Externals.Length; i++)
        {
            _parts.Add(new HeapPart(module.Compiled!.Externals[i].Name, i, module.Externals[i].Value));
        }

        return $"module {module.Name}";
    }

    private string HeadOf(ErrorObject error)
    {
        StringBuilder head = new($"error {error.Class} {error.ExitCode} {error.Limit} {error}");
        foreach (string line in error.TraceLines())
        {
            head.Append('\n').Append(line);
        }

        return head + Named("cause", Value.FromObject(error.Cause));
    }

    private string HeadOf(TaskObject task)
    {
        Named("result", task.Error is null ? task.Result : default);
        Named("error", Value.FromObject(task.Error));
        Named("frame", Value.FromObject(task.Frame));
        Named("awaited", Value.FromObject(task.WaitsFor));
        if (task.Call is { } call)
        {
            Named("callee", call.Callee);
            Positions(call.Arguments);
        }

        return $"task {task.Name} {task.State} {task.IsCancelRequested} {task.IsObserved} {task.IsEndOfChannel}";
    }

    private string HeadOf(GeneratorObject generator)
    {
        Named("proc", Value.FromObject(generator.Closure));
        if (generator.IsDone)
        {
            return "iterator at its end";
        }

        LivenessMap liveness = generator.Closure.Code.Liveness;
        for (int register = 0; register < generator.Registers.Length; register++)
        {
            if (liveness.IsLive(generator.Pc, register))
            {
                _parts.Add(new HeapPart(null, register, generator.Registers[register]));
            }
        }

        return $"iterator at {generator.Pc}";
    }

    /// <summary>Describes an object of which only the references are known.</summary>
    private string HeadOfOther(ScriptObject o)
    {
        ReferenceList references = new();
        o.VisitReferences(references);
        foreach (ScriptObject reference in references.Found)
        {
            _parts.Add(new HeapPart(null, _parts.Count, Value.FromObject(reference)));
        }

        return $"{o.Kind} {o.TypeName}";
    }

    private static string HeadOf(RangeObject range) => range.BigBounds is { } bounds
        ? $"range {bounds.Start} {bounds.Stop} {bounds.Step} {range.IsInclusive}"
        : $"range {range.Start} {range.Stop} {range.Step} {range.IsInclusive}";

    private static string Annotation(BoundType? type) => type is null ? string.Empty : $" of {type.Type.Display()}";

    /// <summary>Adds a part; returns no text for the head.</summary>
    private string Named(string name, in Value value)
    {
        _parts.Add(new HeapPart(name, 0, value));
        return string.Empty;
    }

    private string Positions(ReadOnlySpan<Value> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            _parts.Add(new HeapPart(null, i, values[i]));
        }

        return string.Empty;
    }

    /// <summary>Collects the references that an object passes to the heap walk, in order.</summary>
    private sealed class ReferenceList : HeapVisitor
    {
        public List<ScriptObject> Found { get; } = [];

        public override void Visit(ScriptObject? o)
        {
            if (o is not null)
            {
                Found.Add(o);
            }
        }
    }
}
