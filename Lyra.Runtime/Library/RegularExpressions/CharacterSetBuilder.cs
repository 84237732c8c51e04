using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>Builds a <see cref="CharacterSet"/> from the parts of a character class.</summary>
/// <param name="ignoresCase">Whether option <c>i</c> is in effect.</param>
internal sealed class CharacterSetBuilder(bool ignoresCase)
{
    private readonly List<(char First, char Last)> _ranges = [];
    private uint _categories;
    private SpaceRule _space;
    private CharacterSet? _except;

    /// <summary>Whether the set is everything but what is added.</summary>
    public bool IsNegated { get; set; }

    public void Add(char first, char last) => _ranges.Add((first, last));

    public void AddCategories(uint mask, bool isNegated) => _categories |= isNegated ? ~mask : mask;

    public void AddSpace(bool isNegated) => _space |= isNegated ? SpaceRule.NotSpace : SpaceRule.Space;

    /// <summary>Adds a Unicode property; false if there is none of this name.</summary>
    public bool TryAddProperty(string name, bool isNegated)
    {
        if (UnicodeProperties.TryGetCategories(name, out uint mask))
        {
            AddCategories(ignoresCase && name is ("Lu" or "Ll" or "Lt") ? UnicodeProperties.Cased : mask, isNegated);
            return true;
        }

        if (UnicodeProperties.FindBlock(name) is not { } block)
        {
            return false;
        }

        if (isNegated)
        {
            AddComplement(block);
            return true;
        }

        for (int i = 0; i < block.Length; i += 2)
        {
            Add(block[i], block[i + 1]);
        }

        return true;
    }

    /// <summary>Excludes the code units of another set.</summary>
    public void Except(CharacterSet set) => _except = set;

    public CharacterSet Build()
    {
        _ranges.Sort();
        char[] merged = new char[2 * _ranges.Count];
        int length = 0;
        foreach ((char first, char last) in _ranges)
        {
            if (length > 0 && first <= merged[length - 1] + 1)
            {
                merged[length - 1] = (char)Math.Max(merged[length - 1], last);
                continue;
            }

            merged[length++] = first;
            merged[length++] = last;
        }

        return new CharacterSet(new string(merged, 0, length), _categories, _space, IsNegated, ignoresCase && length > 0, _except);
    }

    private void AddComplement(string block)
    {
        int next = 0;
        for (int i = 0; i < block.Length; i += 2)
        {
            if (block[i] > next)
            {
                Add((char)next, (char)(block[i] - 1));
            }

            next = block[i + 1] + 1;
        }

        if (next <= char.MaxValue)
        {
            Add((char)next, char.MaxValue);
        }
    }
}
