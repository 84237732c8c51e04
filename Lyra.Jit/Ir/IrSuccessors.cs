namespace Lyra.Jit.Ir;

/// <summary>The edges that leave a block, for a foreach loop, which does not allocate.</summary>
internal readonly struct IrSuccessors(IrEdge? first, IrEdge? second)
{
    public Enumerator GetEnumerator() => new(first, second);

    /// <summary>Enumerates the edges that were there when the loop began.</summary>
    internal struct Enumerator(IrEdge? first, IrEdge? second)
    {
        private IrEdge? _first = first;
        private IrEdge? _second = second;

        public IrEdge Current { get; private set; } = null!;

        public bool MoveNext()
        {
            IrEdge? next = _first ?? _second;
            _second = _first is null ? null : _second;
            _first = null;
            Current = next!;
            return next is not null;
        }
    }
}
