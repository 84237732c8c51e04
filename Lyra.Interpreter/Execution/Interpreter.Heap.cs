using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>What an engine holds between two runs, to compare engines by (see <see cref="HeapDigest"/>).</content>
internal sealed partial class Interpreter
{
    /// <summary>
    /// The values from which everything is reached that a later script could see, in an order that depends on names alone: what the last run gave, the
    /// globals, the imported modules, and the state of module <c>random</c>. Not to be called while a script runs.
    /// </summary>
    /// <param name="result">What the last run gave, or the error that ended it.</param>
    public List<HeapPart> HeapRoots(in Value result)
    {
        List<HeapPart> roots = [new("(result)", 0, result), new("(random)", 0, Value.FromInt((long)_randomState))];
        foreach (string name in Sorted(Globals.Keys))
        {
            roots.Add(new HeapPart(name, 0, Globals[name].Value));
        }

        foreach (string name in Sorted(_modules.Keys))
        {
            roots.Add(new HeapPart($"(module {name})", 0, Value.FromObject(_modules[name])));
        }

        return roots;
    }

    private static string[] Sorted(ICollection<string> names)
    {
        string[] sorted = [.. names];
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted;
    }
}
