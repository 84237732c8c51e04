using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Builtins;
using Lyra.Runtime.Library.Methods;
using Lyra.Runtime.Library.Modules;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library;

/// <summary>
/// Finds the library's intrinsics by name: builtin procs, methods of the built-in types, and members of modules. Each row is created at its
/// first use and shared by all engines. Thread-safe.
/// </summary>
internal static class LibraryTable
{
    /// <summary>The kinds that have methods of their own.</summary>
    public static readonly ValueKind[] KindsWithMethods =
    [
        ValueKind.List, ValueKind.Str, ValueKind.Map, ValueKind.Set, ValueKind.Tuple, ValueKind.Range, ValueKind.Bytes,
        ValueKind.Iterator, ValueKind.Task, ValueKind.Channel,
    ];

    /// <summary>The modules that <c>import</c> finds without a file.</summary>
    public static readonly string[] ModuleNames =
        ["math", "str", "json", "random", "time", "regex", "io", "os", "simd", "bits", "task", "jit", "vm"];

    private static readonly LibraryGroup BuiltinGroup = new(null, BuiltinRows);
    private static readonly LibraryGroup?[] MethodGroups = new LibraryGroup?[(int)ValueKind.Host + 1];
    private static readonly LibraryModule?[] Modules = new LibraryModule?[ModuleNames.Length];

    /// <summary>What intrinsics that are written in Lyra use. Scripts can't import it.</summary>
    public static readonly LibraryModule Prelude = new("prelude", PreludeModule.Rows);

    /// <summary>The builtin proc of a name; null when there is none.</summary>
    public static Intrinsic? FindBuiltin(string name) => BuiltinGroup.Find(name);

    /// <summary>
    /// Finds the method of a built-in type, whose first argument is the receiver. When the type has no method of that name, the builtin
    /// proc of the name is returned, because <c>f(x, …)</c> and <c>x.f(…)</c> are equivalent. Null when there is neither.
    /// </summary>
    public static Intrinsic? FindMethod(ValueKind kind, string name) =>
        MethodGroup(kind)?.Find(name) ?? (FindBuiltin(name) is { MaxArguments: > 0 } builtin ? builtin : null);

    /// <summary>The library module of a name.</summary>
    public static bool TryFindModule(string name, [NotNullWhen(true)] out LibraryModule? module)
    {
        int index = Array.IndexOf(ModuleNames, name);
        module = index < 0 ? null : Modules[index]
            ?? Interlocked.CompareExchange(ref Modules[index], new LibraryModule(name, ModuleRows(name)), null) ?? Modules[index];
        return module is not null;
    }

    /// <summary>
    /// Finds a builtin by its name, or a module's proc by its qualified name (<c>math.sqrt</c>), as bytecode refers to them; null when
    /// there is none.
    /// </summary>
    public static Intrinsic? FindQualified(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return FindBuiltin(name);
        }

        if (name.AsSpan(0, dot).SequenceEqual(Prelude.Name))
        {
            return Prelude.FindProc(name[(dot + 1)..]);
        }

        return TryFindModule(name[..dot], out LibraryModule? module) ? module.FindProc(name[(dot + 1)..]) : null;
    }

    /// <summary>A module's constant by its qualified name (<c>math.pi</c>).</summary>
    public static bool TryFindConstant(string name, out Value value)
    {
        value = Value.Unset;
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot >= 0 && TryFindModule(name[..dot], out LibraryModule? module) && module.TryFindConstant(name[(dot + 1)..], out value);
    }

    /// <summary>Every builtin proc, in the order of the documentation.</summary>
    public static IEnumerable<Intrinsic> AllBuiltins() => BuiltinGroup.All();

    /// <summary>Every method that a type has of its own, in the order of the documentation.</summary>
    public static IEnumerable<Intrinsic> AllMethods(ValueKind kind) => MethodGroup(kind)?.All() ?? [];

    private static LibraryGroup? MethodGroup(ValueKind kind) => MethodGroups[(int)kind] ?? MakeMethodGroup(kind);

    private static LibraryGroup? MakeMethodGroup(ValueKind kind)
    {
        LibraryGroup? made = kind switch
        {
            ValueKind.List => new("list", ListMethods.Rows),
            ValueKind.Str => new("str", StrMethods.Rows),
            ValueKind.Map => new("map", MapMethods.Rows),
            ValueKind.Set => new("set", SetMethods.Rows),
            ValueKind.Tuple => new("tuple", TupleMethods.Rows),
            ValueKind.Range => new("range", RangeMethods.Rows),
            ValueKind.Bytes => new("bytes", BytesMethods.Rows),
            ValueKind.Iterator => new("iterator", IteratorMethods.Rows),
            ValueKind.Task => new("task", TaskMethods.Rows),
            ValueKind.Channel => new("channel", ChannelMethods.Rows),
            _ => null,
        };
        return made is null ? null : Interlocked.CompareExchange(ref MethodGroups[(int)kind], made, null) ?? made;
    }

    private static void BuiltinRows(RowReader rows)
    {
        OutputBuiltins.Rows(rows);
        ContainerBuiltins.Rows(rows);
        ConversionBuiltins.Rows(rows);
        SequenceBuiltins.Rows(rows);
        ControlBuiltins.Rows(rows);
        TaskBuiltins.Rows(rows);
    }

    private static Action<RowReader> ModuleRows(string name) => name switch
    {
        "math" => MathModule.Rows,
        "str" => StrMethods.Rows,
        "json" => JsonModule.Rows,
        "random" => RandomModule.Rows,
        "time" => TimeModule.Rows,
        "regex" => RegexModule.Rows,
        "io" => IoModule.Rows,
        "os" => OsModule.Rows,
        "simd" => SimdModule.Rows,
        "bits" => BitsModule.Rows,
        "task" => TaskBuiltins.Rows,
        "jit" => JitModule.Rows,
        _ => VmModule.Rows,
    };
}
