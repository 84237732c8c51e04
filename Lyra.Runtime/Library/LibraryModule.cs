using System;
using System.Collections.Generic;
using System.Threading;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library;

/// <summary>A module of the library (math, json, …). Immutable, shared by all engines; thread-safe.</summary>
internal sealed class LibraryModule(string name, Action<RowReader> rows)
{
    private readonly LibraryGroup _group = new(name, rows);
    private ModuleInstance? _shared;

    public string Name { get; } = name;

    /// <summary>The value of a module that is a part of another one. All engines share it.</summary>
    public ModuleInstance Shared => _shared ?? Interlocked.CompareExchange(ref _shared, MakeShared(), null) ?? _shared;

    /// <summary>The proc of a name; null when there is none.</summary>
    public Intrinsic? FindProc(string member) => _group.Find(member);

    /// <summary>A constant of the module, <c>math.pi</c>.</summary>
    public bool TryFindConstant(string member, out Value value) => _group.TryFindConstant(member, out value);

    /// <summary>A member as a script value: a constant or a proc.</summary>
    public bool TryFindMember(string member, out Value value)
    {
        if (FindProc(member) is { } row)
        {
            value = Value.FromObject(row.Proc);
            return true;
        }

        return TryFindConstant(member, out value);
    }

    /// <summary>Every proc, in the order of the documentation.</summary>
    public IEnumerable<Intrinsic> Procs() => _group.All();

    /// <summary>Creates the value that <c>import</c> binds. An engine does so once.</summary>
    public ModuleInstance Instantiate()
    {
        GrowableArray<KeyValuePair<string, Value>> members = _group.AllConstants();
        foreach (Intrinsic row in Procs())
        {
            members.Add(new(row.Name, Value.FromObject(row.Proc)));
        }

        return new ModuleInstance(Name, members.AsSpan());
    }

    private ModuleInstance MakeShared()
    {
        ModuleInstance made = Instantiate();
        made.Share();
        return made;
    }
}
