using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// The patterns that an engine used recently, up to a number of bytes; the least recently used is evicted first. The heap walk counts them.
/// A pattern is added after a call that used it to the end: so a call that a limit stopped leaves nothing, and a call that is executed
/// again because compiled code was left takes the same steps. Only the engine's thread uses the cache.
/// </summary>
internal sealed class PatternCache
{
    /// <summary>The most bytes of the patterns that are kept.</summary>
    public const long MaxBytes = 256 * 1024;

    /// <summary>The bytes of the entry of a pattern.</summary>
    private const long BytesOfEntry = 200;

    private readonly Dictionary<string, LinkedListNode<CompiledPattern>> _byText = new(StringComparer.Ordinal);
    private readonly LinkedList<CompiledPattern> _byUse = new();

    /// <summary>The number of patterns in the cache.</summary>
    public int Count => _byUse.Count;

    /// <summary>The bytes of the patterns in the cache.</summary>
    public long Bytes { get; private set; }

    /// <summary>Returns the compiled form of a pattern, which is compiled unless it is in the cache.</summary>
    /// <exception cref="PatternException">The text is no pattern, or is beyond a bound.</exception>
    public CompiledPattern Get(ScriptContext context, string text)
    {
        context.Charge(1 + (text.Length >> 5));
        if (_byUse.First is { } last && ReferenceEquals(last.Value.Text, text))
        {
            return last.Value;
        }

        if (!_byText.TryGetValue(text, out LinkedListNode<CompiledPattern>? node))
        {
            return CompiledPattern.Create(context, text);
        }

        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value;
    }

    /// <summary>Adds a pattern unless it is there or is too large. Its memory has been charged when it was compiled.</summary>
    public void Add(CompiledPattern pattern)
    {
        if (ReferenceEquals(_byUse.First?.Value, pattern) || pattern.Bytes + BytesOfEntry > MaxBytes || _byText.ContainsKey(pattern.Text))
        {
            return;
        }

        Bytes += pattern.Bytes + BytesOfEntry;
        while (Bytes > MaxBytes)
        {
            CompiledPattern evicted = _byUse.Last!.Value;
            Bytes -= evicted.Bytes + BytesOfEntry;
            _byText.Remove(evicted.Text);
            _byUse.RemoveLast();
        }

        _byText[pattern.Text] = _byUse.AddFirst(pattern);
    }

    /// <summary>Counts the patterns in the heap walk.</summary>
    public void Visit(HeapVisitor visitor)
    {
        foreach (CompiledPattern pattern in _byUse)
        {
            visitor.VisitShared(pattern, pattern.Bytes + BytesOfEntry);
        }
    }
}
