using System;
using System.Collections.Generic;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// The patterns that an engine used recently, up to a number of bytes; the least recently used is evicted first. The heap walk counts them.
/// Only the engine's thread uses the cache.
/// </summary>
internal sealed class PatternCache
{
    /// <summary>The most bytes of the patterns that are kept.</summary>
    public const long MaxBytes = 256 * 1024;

    /// <summary>The bytes of the entry of a pattern, in addition to its text.</summary>
    private const long BytesOfEntry = 200;

    private readonly Dictionary<string, LinkedListNode<KeyValuePair<string, CompiledPattern>>> _byText = new(StringComparer.Ordinal);
    private readonly LinkedList<KeyValuePair<string, CompiledPattern>> _byUse = new();

    /// <summary>The number of patterns in the cache.</summary>
    public int Count => _byUse.Count;

    /// <summary>The bytes of the patterns in the cache.</summary>
    public long Bytes { get; private set; }

    /// <summary>Returns the compiled form of a pattern.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the text is no pattern, or is beyond a bound; a limit is exceeded.</exception>
    public CompiledPattern Get(ScriptContext context, string pattern, string proc)
    {
        context.Charge(1 + (pattern.Length >> 5));
        if (_byText.TryGetValue(pattern, out LinkedListNode<KeyValuePair<string, CompiledPattern>>? node))
        {
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Value;
        }

        CompiledPattern made;
        try
        {
            made = CompiledPattern.Create(context, pattern);
        }
        catch (PatternException e)
        {
            throw Throw.ValueError($"{proc}: {e.Message}");
        }

        long bytes = BytesOf(pattern, made);
        if (bytes <= MaxBytes)
        {
            context.ChargeMemory(bytes);
            Add(pattern, made, bytes);
        }

        return made;
    }

    private static long BytesOf(string pattern, CompiledPattern compiled) => BytesOfEntry + (2L * pattern.Length) + compiled.Bytes;

    private void Add(string pattern, CompiledPattern compiled, long bytes)
    {
        Bytes += bytes;
        while (Bytes > MaxBytes)
        {
            (string oldest, CompiledPattern evicted) = _byUse.Last!.Value;
            Bytes -= BytesOf(oldest, evicted);
            _byText.Remove(oldest);
            _byUse.RemoveLast();
        }

        _byText[pattern] = _byUse.AddFirst(new KeyValuePair<string, CompiledPattern>(pattern, compiled));
    }
}
