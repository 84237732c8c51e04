using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// The boundary between an engine and the host. Every value that the host gets passes <see cref="Exit"/>, and every value that an engine
/// gets from the host passes <see cref="Enter"/>, which refuses what another engine owns. Immutable values without mutable content pass.
/// </summary>
internal static class EngineBoundary
{
    /// <summary>Marks a value that the host gets as its engine's. Does nothing for a context that is no engine's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exit(ScriptContext context, in Value value)
    {
        if (!value.IsInt && !value.IsFloat && value.Ref is OwnedObject { Owner: OwnedObject.NoOwner } owned)
        {
            owned.Own(context.EngineId);
        }
    }

    /// <summary>Marks a value that the host reads from a container as that of the container's engine.</summary>
    public static void ExitFrom(ScriptObject container, in Value value)
    {
        if (value.Ref is OwnedObject { Owner: OwnedObject.NoOwner } owned
            && container is OwnedObject { Owner: not (OwnedObject.NoOwner or OwnedObject.EveryEngine) } marked)
        {
            owned.Own(marked.Owner);
        }
    }

    /// <summary>Admits a value of the host to an engine, which owns it from now on unless it is immutable.</summary>
    /// <param name="context">The engine.</param>
    /// <param name="value">The value.</param>
    /// <param name="charges">Whether the engine's current run is charged for the inspection of containers.</param>
    /// <exception cref="ArgumentException">Another engine owns the value, or something in it that can change.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Enter(ScriptContext context, in Value value, bool charges = false)
    {
        if (!value.IsInt && !value.IsFloat && value.Ref is ScriptObject o)
        {
            EnterObject(context, o, charges);
        }
    }

    /// <summary>Whether two values belong to different engines or contain objects of different engines.</summary>
    public static bool AreMixed(in Value left, in Value right)
    {
        if (left.Ref is not OwnedObject a || right.Ref is not OwnedObject b)
        {
            return false;
        }

        if (a.Owner == b.Owner && a.Owner != OwnedObject.NoOwner)
        {
            return false;
        }

        OwnerSearch search = new();
        search.Visit(a);
        search.Visit(b);
        search.Drain();
        return search.FoundTwo;
    }

    private static void EnterObject(ScriptContext context, ScriptObject o, bool charges)
    {
        int engine = context.EngineId;
        if (engine == OwnedObject.NoOwner)
        {
            return;
        }

        if (o is ScriptString text)
        {
            text.ShareOutside(context, charges);
        }
        else if (o is OwnedObject owned && owned.Owner != engine && owned.Owner != OwnedObject.EveryEngine
            && !(HasNoReferences(owned) && owned.Own(engine) == engine))
        {
            new Admission(context, charges).Admit(owned);
        }
    }

    private static bool HasNoReferences(OwnedObject o) =>
        o is BytesObject or RangeObject or ListObject { Strategy: not ListStrategy.Values };

    /// <summary>Whether an object never changes, but may have content that does.</summary>
    private static bool IsTransparent(ScriptObject o) => o is TupleObject or BoundProc or RangeObject;

    /// <summary>Whether the host may have made an object, and what is in it.</summary>
    private static bool IsContainer(ScriptObject o) => o is ListObject or HashTable or TupleObject;

    /// <summary>
    /// The inspection of a value that its engine does not know yet. First everything in it that nobody owns is visited, as far as it was
    /// made by the host, then the immutable objects of other engines.
    /// </summary>
    private sealed class Admission(ScriptContext context, bool charges) : HeapVisitor
    {
        /// <summary>One step pays for the inspection of four values.</summary>
        private const int BytesPerStep = 64;

        private readonly List<OwnedObject> _free = [];
        private readonly ImmutableContent _immutable = new(context, charges);
        private OwnedObject? _refused;

        public void Admit(OwnedObject root)
        {
            Visit(root);
            Drain();
            _immutable.Drain();
            if (charges)
            {
                context.Charge((Bytes + _immutable.Bytes) / BytesPerStep);
            }

            _refused ??= _immutable.Refused ?? _free.Find(free => free.Own(context.EngineId) != context.EngineId);
            if (_refused is not null)
            {
                throw Refusal(root, _refused);
            }

            _immutable.Share();
        }

        public override void Visit(ScriptObject? o)
        {
            if (o is ScriptString text)
            {
                text.ShareOutside(context, charges);
            }
            else if (o is OwnedObject owned && _refused is null && owned.Owner != context.EngineId)
            {
                Visit(owned);
            }
        }

        private void Visit(OwnedObject owned)
        {
            switch (owned.Owner)
            {
                case OwnedObject.EveryEngine:
                    return;
                case OwnedObject.NoOwner:
                    (owned as HostObject)?.TypeIn(context.HostTypes);
                    _free.Add(owned);
                    if (IsContainer(owned))
                    {
                        base.Visit(owned);
                    }

                    return;
                default:
                    if (IsTransparent(owned))
                    {
                        _immutable.Visit(owned);
                    }
                    else
                    {
                        _refused = owned;
                    }

                    return;
            }
        }
    }

    /// <summary>Visits immutable objects of another engine, and finds among their content an object that is not immutable.</summary>
    private sealed class ImmutableContent(ScriptContext context, bool charges) : HeapVisitor
    {
        private readonly List<OwnedObject> _found = [];

        public OwnedObject? Refused { get; private set; }

        public override void Visit(ScriptObject? o)
        {
            if (o is ScriptString text)
            {
                text.ShareOutside(context, charges);
            }
            else if (o is OwnedObject { Owner: not OwnedObject.EveryEngine } owned && Refused is null)
            {
                if (IsTransparent(owned))
                {
                    _found.Add(owned);
                    base.Visit(owned);
                }
                else
                {
                    Refused = owned;
                }
            }
        }

        public void Share() => _found.ForEach(static o => o.Share());
    }

    /// <summary>Finds the owners of what the host put into containers that nobody owns.</summary>
    private sealed class OwnerSearch : HeapVisitor
    {
        private int _owner;

        public bool FoundTwo { get; private set; }

        public override void Visit(ScriptObject? o)
        {
            if (o is not OwnedObject { Owner: not OwnedObject.EveryEngine } owned)
            {
                return;
            }

            if (owned.Owner == OwnedObject.NoOwner)
            {
                base.Visit(IsContainer(owned) ? owned : null);
                return;
            }

            FoundTwo |= _owner != OwnedObject.NoOwner && _owner != owned.Owner;
            _owner = owned.Owner;
        }
    }

    private static ArgumentException Refusal(OwnedObject root, OwnedObject refused)
    {
        string what = ReferenceEquals(root, refused)
            ? $"The {NameOf(root)} belongs"
            : $"The {NameOf(root)} contains {Article(NameOf(refused))} that belongs";
        string advice = refused switch
        {
            Closure or BoundProc or Shape => "Pass a delegate: convert the proc with As<T>(), for example As<Func<int, int>>().",
            HostObject => "Wrap the object again for this engine: LyraValue.FromObject(value.As<T>()).",
            ListObject or HashTable or BytesObject => "Pass a copy: value.CopyTo(engine), or value.Freeze() for all engines.",
            _ => "Pass a copy of its data, or use it in its own engine.",
        };
        return new ArgumentException($"{what} to another engine, and engines share only immutable values. {advice}");
    }

    private static string NameOf(OwnedObject o) => o switch
    {
        StructObject => $"instance of {o.TypeName}",
        Shape shape => $"struct {shape.Name}",
        HostType type => $"struct {type.Name}",
        _ => o.TypeName,
    };

    private static string Article(string noun) => (noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + noun;
}
