using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>
/// A variable that the scripts of an engine share. Either the host defined it, or it is a variable of a module that the host ran. The
/// latter stays in the module's own store, so that the module's procs and later scripts share it.
/// </summary>
internal sealed class GlobalVariable
{
    /// <summary>The bytes of the object, and of its entry in a table.</summary>
    private const long Bytes = 96;

    private readonly Value[] _store;
    private readonly int _index;

    /// <summary>A variable that the host defined.</summary>
    public GlobalVariable(in Value value) => _store = [value];

    /// <summary>A variable of a module.</summary>
    public GlobalVariable(Value[] store, int index, bool isReadOnly)
    {
        _store = store;
        _index = index;
        IsReadOnly = isReadOnly;
    }

    /// <summary>Whether scripts can't assign it: a let, const, proc, struct or import.</summary>
    public bool IsReadOnly { get; set; }

    public ref Value Value => ref _store[_index];

    /// <summary>Visits all variables of the module, because this one keeps their store alive.</summary>
    public void VisitReferences(HeapVisitor visitor)
    {
        if (visitor.VisitShared(_store, 24 + (16L * _store.Length)))
        {
            visitor.Visit(_store);
        }

        visitor.VisitShared(this, Bytes);
    }
}
