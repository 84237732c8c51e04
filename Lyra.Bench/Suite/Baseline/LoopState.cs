using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <summary>The state of a <c>for</c> loop, in a local variable.</summary>
internal abstract class LoopState : ScriptObject
{
    public override ValueKind Kind => ValueKind.Host;

    public override string TypeName => "loop";

    public override long OwnBytes => 64;

    /// <summary>Starts an iteration over a value.</summary>
    /// <exception cref="ScriptErrorException">TypeError: it can't be iterated.</exception>
    public static LoopState Over(ScriptContext context, in Value iterable) => iterable.Ref switch
    {
        RangeObject { BigBounds: null } range => new RangeLoop(range),
        ListObject list => new ListLoop(list),
        MapObject map => new MapLoop(map),
        ChannelObject channel => new ChannelLoop(channel),
        _ => new SequenceLoop(context, iterable),
    };

    /// <summary>The next value; false at the end.</summary>
    /// <param name="context">The machine.</param>
    /// <param name="key">The key of a map's entry, else the number of the iteration.</param>
    /// <param name="value">The value, for a map that of the entry.</param>
    public abstract bool MoveNext(ScriptContext context, out Value key, out Value value);

    /// <summary>Whether a loop with one variable reads the key.</summary>
    public virtual bool YieldsKeys => false;

    private sealed class RangeLoop(RangeObject range) : LoopState
    {
        private long _index;

        public override bool MoveNext(ScriptContext context, out Value key, out Value value)
        {
            key = Value.FromInt(_index);
            value = Value.FromInt(range.At(_index));
            return _index++ < range.Count;
        }
    }

    private sealed class ListLoop(ListObject list) : LoopState
    {
        private readonly int _count = list.Count;
        private int _index;

        public override bool MoveNext(ScriptContext context, out Value key, out Value value)
        {
            if (list.Count != _count)
            {
                throw Throw.ConcurrentModification("list");
            }

            key = Value.FromInt(_index);
            value = _index < _count ? list.Get(_index) : default;
            return _index++ < _count;
        }
    }

    private sealed class MapLoop(MapObject map) : LoopState
    {
        private readonly int _version = map.Version;
        private int _position;

        public override bool YieldsKeys => true;

        public override bool MoveNext(ScriptContext context, out Value key, out Value value)
        {
            if (map.Version != _version)
            {
                throw Throw.ConcurrentModification("map");
            }

            int position = map.NextPosition(_position);
            _position = position + 1;
            return map.TryEntryAt(position, out key, out value);
        }
    }

    private sealed class SequenceLoop(ScriptContext context, in Value iterable) : LoopState
    {
        private SequenceReader _reader = Iteration.Read(context, iterable);
        private long _index;

        public override bool MoveNext(ScriptContext context, out Value key, out Value value)
        {
            key = Value.FromInt(_index++);
            return _reader.MoveNext(out value);
        }
    }
}
