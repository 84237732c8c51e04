namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>Collects the code units with which a match can begin. All units from 128 on are treated alike.</summary>
internal sealed class FirstUnits
{
    private ulong _low;
    private ulong _high;
    private bool _hasOthers;

    /// <summary>Whether a match can begin with any unit.</summary>
    public bool IsEverything => _low == ulong.MaxValue && _high == ulong.MaxValue && _hasOthers;

    /// <summary>Adds the first units of a part of the pattern; false if it may match the empty text.</summary>
    public bool Add(PatternNode node)
    {
        switch (node.Kind)
        {
            case PatternNodeKind.Text:
                Add(node.IsRightToLeft ? node.Text[^1] : node.Text[0]);
                return true;
            case PatternNodeKind.Set:
                _low |= node.Set!.LowUnits;
                _high |= node.Set.HighUnits;
                _hasOthers |= node.Set.MayHaveOthers;
                return true;
            case PatternNodeKind.Sequence:
                return node.Children.Exists(Add);
            case PatternNodeKind.Alternation:
                return AddAll(node);
            case PatternNodeKind.Group or PatternNodeKind.Capture or PatternNodeKind.Atomic:
                return Add(node.Children[0]);
            case PatternNodeKind.Loop:
                return Add(node.Children[0]) && node.Min > 0;
            case PatternNodeKind.Reference or PatternNodeKind.GroupCondition or PatternNodeKind.Condition:
                (_low, _high, _hasOthers) = (ulong.MaxValue, ulong.MaxValue, true);
                return false;
            default:
                return false;
        }
    }

    /// <summary>The units as a set.</summary>
    public CharacterSet Build()
    {
        CharacterSetBuilder set = new(false);
        for (int unit = 0; unit < 128; unit++)
        {
            if ((((unit < 64 ? _low : _high) >> (unit & 63)) & 1) != 0)
            {
                set.Add((char)unit, (char)unit);
            }
        }

        if (_hasOthers)
        {
            set.Add('\u0080', char.MaxValue);
        }

        return set.Build();
    }

    /// <summary>Adds every alternative, also those after one that may match the empty text.</summary>
    private bool AddAll(PatternNode alternation)
    {
        bool isNeverEmpty = true;
        foreach (PatternNode alternative in alternation.Children)
        {
            isNeverEmpty &= Add(alternative);
        }

        return isNeverEmpty;
    }

    private void Add(char unit)
    {
        if (unit < 64)
        {
            _low |= 1ul << unit;
        }
        else if (unit < 128)
        {
            _high |= 1ul << (unit - 64);
        }
        else
        {
            _hasOthers = true;
        }
    }
}
