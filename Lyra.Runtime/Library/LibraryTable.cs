using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
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
    public static IEnumerable<ValueKind> KindsWithMethods
    {
        get
        {
            for (ValueKind kind = 0; (int)kind < KindInfo.Count; kind++)
            {
                if (MethodRows(kind) is not null)
                {
                    yield return kind;
                }
            }
        }
    }

    /// <summary>The modules that <c>import</c> finds without a file. A dot precedes the name of a part of a module.</summary>
    public static readonly string[] ModuleNames =
    [
        "math", "str", "json", "random", "time", "regex", "io", "os", "simd", "bits", "task", "jit", "vm",
        "encoding", "encoding.base64", "encoding.hex", "encoding.url", "encoding.html", "encoding.utf8",
        "digest", "uuid", "csv", "path", "text", "stats", "iter", "collections", "test", "date",
    ];

    /// <summary>The builtins that are methods of map.</summary>
    private static readonly FrozenSet<string> BuiltinsOfMap = FrozenSet.Create("keys", "values", "remove", "length");

    /// <summary>The names of the methods of iterators, once the compiler has asked for one.</summary>
    private static HashSet<string>? _iteratorMethods;

    private static readonly LibraryGroup BuiltinGroup = new(null, BuiltinRows);
    private static readonly LibraryGroup?[] MethodGroups = new LibraryGroup?[KindInfo.Count];
    private static readonly LibraryModule?[] Modules = new LibraryModule?[ModuleNames.Length];

    /// <summary>What intrinsics that are written in Lyra use. Scripts can't import it.</summary>
    public static readonly LibraryModule Prelude = new("prelude", PreludeModule.Rows);

    /// <summary>The builtin proc of a name; null when there is none.</summary>
    public static Intrinsic? FindBuiltin(string name) => BuiltinGroup.Find(name);

    /// <summary>
    /// Finds the method of a built-in type, whose first argument is the receiver. When the type has no method of that name, the builtin
    /// proc of the name is returned, because <c>f(x, …)</c> and <c>x.f(…)</c> are equivalent. Null when there is neither.
    /// </summary>
    /// <remarks>Of a map, whose members are keys, too, only a few builtins are methods.</remarks>
    public static Intrinsic? FindMethod(ValueKind kind, string name) => FindOwnMethod(kind, name)
        ?? (kind != ValueKind.Map || BuiltinsOfMap.Contains(name) ? FindAsMethod(name) : null);

    /// <summary>The method that a type has of its own; null when there is none.</summary>
    public static Intrinsic? FindOwnMethod(ValueKind kind, string name) => MethodGroup(kind)?.Find(name);

    /// <summary>Whether iterators have a method of their own with a name. Makes no row, because the compiler asks for many names.</summary>
    public static bool IsIteratorMethod(string name) => (_iteratorMethods ??= NamesOfIteratorMethods()).Contains(name);

    private static HashSet<string> NamesOfIteratorMethods()
    {
        HashSet<string> names = [];
        RowReader reader = new(null, null) { Names = names };
        IteratorMethods.Rows(reader);
        SequenceMethods.Rows(reader);
        return names;
    }

    /// <summary>
    /// The builtin proc that <c>x.f(…)</c> calls where neither a method nor a member has the name; null when there is none.
    /// </summary>
    public static Intrinsic? FindAsMethod(string name) => FindBuiltin(name) is { MaxArguments: > 0 } builtin ? builtin : null;

    /// <summary>The library module of a name.</summary>
    public static bool TryFindModule(string name, [NotNullWhen(true)] out LibraryModule? module)
    {
        int index = Array.IndexOf(ModuleNames, name);
        module = index < 0 ? null : Modules[index]
            ?? Interlocked.CompareExchange(ref Modules[index], new LibraryModule(name, ModuleRows(name)), null) ?? Modules[index];
        return module is not null;
    }

    /// <summary>
    /// Finds a builtin by its name, or a module's proc by its qualified name (<c>math.sqrt</c>, <c>encoding.hex.encode</c>), as bytecode
    /// refers to them; null when there is none.
    /// </summary>
    public static Intrinsic? FindQualified(string name)
    {
        int dot = name.LastIndexOf('.');
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
        int dot = name.LastIndexOf('.');
        return dot >= 0 && TryFindModule(name[..dot], out LibraryModule? module) && module.TryFindConstant(name[(dot + 1)..], out value);
    }

    /// <summary>Every builtin proc, in the order of the documentation.</summary>
    public static IEnumerable<Intrinsic> AllBuiltins() => BuiltinGroup.All();

    /// <summary>Every method that a type has of its own, in the order of the documentation.</summary>
    public static IEnumerable<Intrinsic> AllMethods(ValueKind kind) => MethodGroup(kind)?.All() ?? [];

    private static LibraryGroup? MethodGroup(ValueKind kind) => MethodGroups[(int)kind] ?? MakeMethodGroup(kind);

    private static LibraryGroup? MakeMethodGroup(ValueKind kind)
    {
        if (MethodRows(kind) is not { } rows)
        {
            return null;
        }

        LibraryGroup group = new(KindInfo.Of(kind).Name, rows, IsSequence(kind) ? SequenceMethods.Rows : null);
        return Interlocked.CompareExchange(ref MethodGroups[(int)kind], group, null) ?? MethodGroups[(int)kind];
    }

    /// <summary>Whether values of a kind have the methods of all sequences behind their own ones.</summary>
    private static bool IsSequence(ValueKind kind) => kind is ValueKind.Str or ValueKind.List or ValueKind.Set or ValueKind.Tuple
        or ValueKind.Range or ValueKind.Bytes or ValueKind.Iterator;

    /// <summary>What reads the rows of the methods of a kind; null for a kind that has none of its own.</summary>
    private static Action<RowReader>? MethodRows(ValueKind kind) => kind switch
    {
        ValueKind.Str => StrMethods.Rows,
        ValueKind.List => ListMethods.Rows,
        ValueKind.Map => MapMethods.Rows,
        ValueKind.Set => SetMethods.Rows,
        ValueKind.Tuple => TupleMethods.Rows,
        ValueKind.Range => RangeMethods.Rows,
        ValueKind.Bytes => BytesMethods.Rows,
        ValueKind.Task => TaskMethods.Rows,
        ValueKind.Iterator => IteratorMethods.Rows,
        ValueKind.Channel => ChannelMethods.Rows,
        ValueKind.Enum => EnumMethods.Rows,
        ValueKind.Nil or ValueKind.Bool or ValueKind.Int or ValueKind.Float or ValueKind.Proc or ValueKind.Struct or ValueKind.StructType
            or ValueKind.Error or ValueKind.Module or ValueKind.Host => null,
    };

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
        "vm" => VmModule.Rows,
        "encoding" => EncodingModule.Rows,
        "encoding.base64" => Base64Encoding.Rows,
        "encoding.hex" => HexEncoding.Rows,
        "encoding.url" => UrlEncoding.Rows,
        "encoding.html" => HtmlEncoding.Rows,
        "encoding.utf8" => Utf8Encoding.Rows,
        "digest" => DigestModule.Rows,
        "uuid" => UuidModule.Rows,
        "csv" => CsvModule.Rows,
        "path" => PathModule.Rows,
        "text" => TextModule.Rows,
        "stats" => StatsModule.Rows,
        "iter" => IterModule.Rows,
        "collections" => CollectionsModule.Rows,
        "test" => TestModule.Rows,
        "date" => DateModule.Rows,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such module."),
    };
}
