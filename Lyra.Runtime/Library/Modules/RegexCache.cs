using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Runtime.Errors;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// The regular expressions that an engine used recently, at most <see cref="Capacity"/>; the least recently used is evicted first. A match
/// stops after <see cref="FirstSlice"/>, so that limits can be checked (<see cref="RegexRunner"/>). Only the engine's thread uses the
/// cache.
/// </summary>
internal sealed class RegexCache
{
    /// <summary>The most patterns that are kept.</summary>
    public const int Capacity = 64;

    /// <summary>The longest pattern that is kept, in code units; longer ones would make the cache large.</summary>
    private const int MaxKeptPattern = 4096;

    /// <summary>The longest time that a match runs before the limits are checked.</summary>
    public static readonly TimeSpan FirstSlice = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, LinkedListNode<KeyValuePair<string, Regex>>> _byPattern = new(StringComparer.Ordinal);
    private readonly LinkedList<KeyValuePair<string, Regex>> _byUse = new();

    /// <summary>The time that matches have taken since <see cref="RegexRunner"/> last checked the clock.</summary>
    public TimeSpan SinceClockCheck { get; set; }

    /// <summary>The number of patterns in the cache.</summary>
    public int Count => _byUse.Count;

    /// <summary>Returns the regular expression of a pattern.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the pattern is not a regular expression.</exception>
    public Regex Get(string pattern, string proc)
    {
        if (_byPattern.TryGetValue(pattern, out LinkedListNode<KeyValuePair<string, Regex>>? node))
        {
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Value;
        }

        Regex made = Create(pattern, FirstSlice, proc);
        if (pattern.Length > MaxKeptPattern)
        {
            return made;
        }

        if (_byUse.Count == Capacity)
        {
            _byPattern.Remove(_byUse.Last!.Value.Key);
            _byUse.RemoveLast();
        }

        _byPattern[pattern] = _byUse.AddFirst(new KeyValuePair<string, Regex>(pattern, made));
        return made;
    }

    /// <summary>Creates a regular expression whose matches stop after a timeout; it is not cached.</summary>
    /// <exception cref="ScriptErrorException">ValueError when the pattern is not a regular expression.</exception>
    public static Regex Create(string pattern, TimeSpan timeout, string proc)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, timeout);
        }
        catch (RegexParseException e)
        {
            throw Throw.ValueError($"{proc}: the pattern is not a regular expression: {Describe(e)}");
        }
    }

    /// <summary>
    /// Describes the error in a pattern and its position: <c>insufficient closing parentheses at position 2</c>. The text is the name of
    /// .NET's error code, split into words.
    /// </summary>
    public static string Describe(RegexParseException fault)
    {
        StringBuilder words = new();
        foreach (char letter in fault.Error.ToString())
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : string.Empty).Append(char.ToLowerInvariant(letter));
        }

        return words.Append(CultureInfo.InvariantCulture, $" at position {fault.Offset}").ToString();
    }
}
