using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Interpreter.Library;

/// <summary>
/// The intrinsics that are written in Lyra, because they call procs for each element: their frames and those of the procs are in one
/// stack, and compiled code inlines both (docs/decisions/0014).
/// </summary>
internal static class Prelude
{
    /// <summary>The procs. Each is compiled alone at its first call, so that a script pays for those only that it calls.</summary>
    private static readonly string[] Sources =
    [
        .. PreludeSequences.Sources,
        .. PreludeMaps.Sources,
        .. PreludeModules.Sources,
        .. PreludeIterators.Sources,
        .. PreludeLazy.Sources,
        """
        proc map_2(xs, f) {
            let list = prelude.asList(xs)
            prelude.checkProc(f, "map")
            let mapped = []
            for x in list { mapped.push(f(x)) }
            return mapped
        }
        """,
        $$"""
        proc list_sort_1(list) {
            if prelude.sortWithoutHooks(list) { return nil }
            let count = length(list)
            var runs = list.copy()
            {{Merging("runs[right].__lt(runs[left])")}}
            prelude.replaceItems(list, runs)
        }
        """,
        """
        proc sorted_1(xs) {
            let list = prelude.toList(xs)
            list.sort()
            return list
        }
        """,
        """
        proc list_sort_2(list, key) {
            if not prelude.isGiven(key, "sort", "key") {
                list.sort()
                return nil
            }
            let keys = []
            for x in list { keys.push(key(x)) }
            prelude.sortByKeys(list, keys)
        }
        """,
        """
        proc sorted_2(xs, key) {
            let list = prelude.toList(xs)
            if not prelude.isGiven(key, "sorted", "key") {
                list.sort()
                return list
            }
            let keys = []
            for x in list { keys.push(key(x)) }
            prelude.sortByKeys(list, keys)
            return list
        }
        """,
        """
        proc list_sort_3(list, key = nil, reverse = false) {
            if not reverse {
                list.sort(key)
                return nil
            }
            let items = list.copy()
            items.reverse()
            items.sort(key)
            items.reverse()
            prelude.replaceItems(list, items)
        }
        """,
        $$"""
        proc list_sort_4(list, key = nil, reverse = false, by = nil) {
            if not prelude.isGiven(by, "sort", "by") {
                list.sort(key, reverse)
                return nil
            }
            if not (key is nil) { prelude.throwKeyAndBy() }
            prelude.checkBy(by)
            let count = length(list)
            var runs = list.copy()
            if reverse { runs.reverse() }
            {{Merging("prelude.isBefore(by(runs[right], runs[left]))")}}
            if reverse { runs.reverse() }
            prelude.replaceItems(list, runs)
        }
        """,
        """
        proc sorted_3(xs, key = nil, reverse = false) {
            let list = prelude.toList(xs)
            list.sort(key, reverse)
            return list
        }
        """,
        """
        proc sorted_4(xs, key = nil, reverse = false, by = nil) {
            let list = prelude.toList(xs)
            list.sort(key, reverse, by)
            return list
        }
        """,
        """
        proc next_1(iterator) {
            if prelude.isDone(iterator) { return nil }
            for x in iterator { return x }
            return nil
        }
        """,
        """
        proc any_1(xs) {
            for x in xs { if x { return true } }
            return false
        }
        """,
        """
        proc any_2(xs, f) {
            if not prelude.isGiven(f, "any", "f") { return any(xs) }
            for x in xs { if f(x) { return true } }
            return false
        }
        """,
        """
        proc all_1(xs) {
            for x in xs { if not x { return false } }
            return true
        }
        """,
        """
        proc all_2(xs, f) {
            if not prelude.isGiven(f, "all", "f") { return all(xs) }
            for x in xs { if not f(x) { return false } }
            return true
        }
        """,
    ];

    private static readonly ConcurrentDictionary<string, CompiledModule> Modules = new();

    /// <summary>The names of all procs.</summary>
    public static IEnumerable<string> Names => Sources.Select(NameIn);

    /// <summary>The module whose only declaration is a proc. All engines share it; thread-safe.</summary>
    public static CompiledModule ModuleOf(string name) => Modules.GetOrAdd(name, Compile);

    /// <summary>
    /// The name of the proc that executes an intrinsic: the kind of a method's receiver, the intrinsic's name, and the number of arguments.
    /// </summary>
    public static string NameOf(Intrinsic row, int count) =>
        row.Owner is null ? $"{row.Name}_{count}" : $"{row.Owner}_{row.Name}_{count}";

    /// <summary>
    /// The source of the module that declares a proc. Where a kind has no proc of its own, it is that of all sequences, under its name.
    /// </summary>
    public static SourceText SourceOf(string name)
    {
        string source = Find(name);
        string named = source.Replace(NameIn(source), name, StringComparison.Ordinal);
        return new SourceText("import prelude\n" + named, ScriptSource.LibraryFile);
    }

    /// <summary>The name in the source of the proc that executes an intrinsic: its own one, or that of all sequences.</summary>
    public static string SourceNameOf(Intrinsic row, int count) => NameIn(Find(NameOf(row, count)));

    /// <summary>
    /// Sorts the <c>count</c> elements of the list <c>runs</c>, which becomes the sorted one: a stable merge sort, without recursion.
    /// </summary>
    /// <param name="isRightFirst">Whether the element of the right run comes before that of the left one.</param>
    private static string Merging(string isRightFirst) =>
        $$"""
        var merged = runs.copy()
        var width = 1
        while width < count {
            var start = 0
            while start < count {
                let middle = if start + width < count { start + width } else { count }
                let end = if middle + width < count { middle + width } else { count }
                var left = start
                var right = middle
                for i in start..end {
                    if left < middle and (right == end or not {{isRightFirst}}) {
                        merged[i] = runs[left]
                        left += 1
                    } else {
                        merged[i] = runs[right]
                        right += 1
                    }
                }
                start = end
            }
            runs, merged = merged, runs
            width *= 2
        }
        """;

    private static string Find(string name)
    {
        string shared = PreludeSequences.Owner + name[Math.Max(0, name.IndexOf('_', StringComparison.Ordinal))..];
        return Array.Find(Sources, source => NameIn(source) == name) ?? Array.Find(Sources, source => NameIn(source) == shared)
            ?? throw new InvalidOperationException($"the prelude has no proc '{name}'");
    }

    private static string NameIn(string source) => source["proc ".Length..source.IndexOf('(')];

    private static CompiledModule Compile(string name)
    {
        SourceText text = SourceOf(name);
        DiagnosticBag diagnostics = new(text);
        CompilerOptions options = new() { Builtins = new PreludeNames() };
        return ModuleCompiler.Compile(text, options, diagnostics)
            ?? throw new InvalidOperationException($"{name} has errors: {string.Join(", ", diagnostics.ToImmutable())}");
    }
}
