using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Lyra.Fuzz.Oracles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Library.RegularExpressions;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// The heap walk of the memory limit counts every object with about its real size and follows every reference. Scripts make objects of
/// every class, and the tests compare them with their layout, which reflection reads. So a new class or field that the walk does not know
/// fails.
/// </summary>
public sealed class HeapCensusTests
{
    /// <summary>The least and the most that may be counted for each real byte.</summary>
    private const double Least = 1 / 1.5;

    private const double Most = 3;

    /// <summary>A small object may count as this many bytes more, because charges are rounded up.</summary>
    private const long Rounding = 16;

    /// <summary>Classes of which no script makes an instance.</summary>
    private static readonly Dictionary<Type, string> NotMade = new()
    {
        [typeof(HostObject<>)] = "what it refers to is the host's",
        [typeof(HostList<>)] = "the collection is the host\'s",
        [typeof(HostReadOnlyList<>)] = "the collection is the host's",
        [typeof(HostMemory<>)] = "the collection is the host\'s",
        [typeof(HostAsyncSequence<>)] = "the sequence is the host's",
        [typeof(CopyUnderConstruction)] = "it stands for a copy that the host gets",
        [typeof(HostSequence<>)] = "the collection is the host's",
        [typeof(HostDictionary<,>)] = "the collection is the host\'s",
        [typeof(HostReadOnlyDictionary<,>)] = "the collection is the host's",
        [typeof(HostSet<>)] = "the collection is the host\'s",
        [typeof(HostReadOnlySet<>)] = "the collection is the host's",
        [typeof(HostItems<>)] = "the collection is the host's",
        [typeof(DeclaredType)] = "it belongs to the code of its module, which counts it",
        [typeof(HostType)] = "the host makes it, once for a type; what it refers to are delegates of the host",
        [typeof(HostEnumType)] = "the host makes it, once for an enum",
        [typeof(TextUnderConstruction)] = "protected while a builtin runs; the hostile corpus has a script for each",
        [typeof(Matcher)] = "protected while a regular expression is matched; see RegexBombs",
        [typeof(PatternMemory)] = "protected while a pattern is read; see RegexBombs",
    };

    [Fact]
    public void Every_object_counts_its_real_size()
    {
        List<string> wrong = [];
        foreach (ScriptObject o in Objects())
        {
            (long counted, long real, _, _) = Compare(o);

            // Code is estimated, with what an engine adds when it links it.
            counted -= o is ModuleInstance module ? module.CodeBytes : 0;
            if (counted < (real * Least) - Rounding || counted > (real * Most) + Rounding)
            {
                wrong.Add($"{o.GetType().Name}: {counted} bytes are counted, {real} are real");
            }
        }

        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Every_reference_is_followed()
    {
        List<string> missed = [];
        foreach (ScriptObject o in Objects())
        {
            (_, _, HashSet<object> visited, ManagedGraph graph) = Compare(o);
            missed.AddRange(graph.Boundary.Where(held => held is ScriptObject && !visited.Contains(held))
                .Where(held => !IsShared(held) && !IsIndirect(o, held)).Select(held => $"{o.GetType().Name} -> {held.GetType().Name}"));
        }

        missed.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Every_class_has_an_example()
    {
        HashSet<Type> made = [.. Objects().Select(o => o.GetType())];
        string[] libraries = ["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter"];
        IEnumerable<Type> classes = libraries.SelectMany(name => Assembly.Load(name).GetTypes());
        classes.Where(type => type.IsSubclassOf(typeof(ScriptObject)) && !type.IsAbstract)
            .Where(type => !made.Contains(type) && !NotMade.ContainsKey(type) && !IsOverHostCollection(type))
            .Select(type => type.Name).ShouldBeEmpty();
    }

    /// <summary>Whether it iterates over a map or set of the host, which no script makes.</summary>
    private static bool IsOverHostCollection(Type type) =>
        type.DeclaringType?.BaseType is { } outer && outer.IsSubclassOf(typeof(HostCollection));

    /// <summary>The objects that the examples make, some of which are no values: suspended frames, captured variables.</summary>
    private static List<ScriptObject> Objects()
    {
        using LyraEngine engine = new(new LyraOptions { Jit = JitMode.Off, Output = System.IO.TextWriter.Null });
        engine.Define("host", (long x, string y) => (Func<long, long>)(z => z + x));
        foreach (string source in HeapExamples.Sources)
        {
            engine.Run(source);
        }

        ManagedGraph graph = new(static o => o is Prototype or CompiledModule or Intrinsic);
        return [.. graph.Add(engine).Objects.OfType<ScriptObject>().Where(o => !IsShared(o))];
    }

    private static (long Counted, long Real, HashSet<object> Visited, ManagedGraph Graph) Compare(ScriptObject o)
    {
        OneObject visitor = new();
        o.VisitReferences(visitor);
        ManagedGraph graph = OwnedBy(o);

        // What an object that it refers to owns too, such as the digits of a big int, counts there.
        HashSet<object> others = [.. visitor.Found.SelectMany(found => OwnedBy((ScriptObject)found).Objects)];
        long real = graph.Objects.Where(part => !others.Contains(part)).Sum(ObjectLayout.SizeOf);
        return (o.OwnBytes + visitor.Bytes, real, visitor.Found, graph);
    }

    private static ManagedGraph OwnedBy(ScriptObject o) => new ManagedGraph(held => IsBoundary(o, held)).Add(o);

    /// <summary>Whether a reference is followed through another object.</summary>
    private static bool IsIndirect(ScriptObject holder, object held) =>
        holder is TaskObject && held is ListObject; // of a continuation of gather, whose group is followed and holds the list, too

    /// <summary>Whether an object that another one refers to is not a part of it.</summary>
    private static bool IsBoundary(ScriptObject owner, object held) => held switch
    {
        ScriptObject => !ReferenceEquals(held, owner),
        string text => string.IsInterned(text) is not null,
        Intrinsic row => !IsOfHost(row),
        Prototype or CompiledModule or LinkedPrototype or BoundType or ScriptContext or StructInfo or MapShape => true,
        Delegate { Target: null } => true,
        Array array => array.Length == 0 || held is Lyra.Runtime.Bytecode.FieldInfo[],
        Exception => true,
        _ => held.GetType().Name is "EventLoop" or "TaskRunner" or "CompiledPattern",
    };

    private static bool IsOfHost(Intrinsic row) => row.Handler.Target is DelegateAdapter;

    /// <summary>Whether all engines share the object, so that no script makes it.</summary>
    private static bool IsShared(object o) => o switch
    {
        NativeProc native => !IsOfHost(native.Intrinsic),
        ScriptString { Length: < 2 } => true,
        ErrorObject { Class: ErrorClass.IteratorClose } => true,
        ModuleInstance { Compiled: null } => true,
        _ => false,
    };

    /// <summary>Records the references of one object, and counts what it shares.</summary>
    private sealed class OneObject : HeapVisitor
    {
        public HashSet<object> Found { get; } = new(ReferenceEqualityComparer.Instance);

        public override void Visit(ScriptObject? o)
        {
            if (o is not null)
            {
                Found.Add(o);
            }
        }
    }
}
