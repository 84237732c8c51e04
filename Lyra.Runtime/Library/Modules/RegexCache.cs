using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Runtime.Errors;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// The compiled patterns that an engine used recently: at most <see cref="Capacity"/>, the least recently used is evicted first. Each
/// stops after <see cref="FirstSlice"/>, so that limits are checked (<see cref="RegexRunner"/>). Used by the engine's thread only.
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

    /// <summary>The time that matches have taken since <see cref="RegexRunner"/> last had the clock checked.</summary>
    public TimeSpan SinceClock { get; set; }

    /// <summary>The number of patterns in the cache.</summary>
    public int Count => _byUse.Count;

    /// <summary>The pattern ready to match.</summary>
    /// <exception cref="ScriptErrorException">ValueError when it is no regular expression.</exception>
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

    /// <summary>A pattern that stops after a time; not kept.</summary>
    /// <exception cref="ScriptErrorException">ValueError when it is no regular expression.</exception>
    public static Regex Create(string pattern, TimeSpan timeout, string proc)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, timeout);
        }
        catch (RegexParseException e)
        {
            throw Throw.ValueError($"{proc}: the pattern is no regular expression: {Describe(e)}");
        }
    }

    /// <summary>
    /// What is wrong with a pattern and where: <c>insufficient closing parentheses at position 2</c>. .NET's name of the fault, in words.
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
