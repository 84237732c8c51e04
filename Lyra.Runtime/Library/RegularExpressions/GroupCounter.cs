using System.Collections.Generic;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>Finds the groups of a pattern, so that a reference may precede its group.</summary>
internal sealed class GroupCounter(PatternMemory memory, string pattern) : PatternScanner(memory, pattern)
{
    /// <summary>What a group costs: its entries in three tables.</summary>
    private const int StepsForGroup = 64;
    private const int BytesForGroup = 300;

    private readonly Dictionary<int, int> _positions = [];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<(string Name, int Position)> _names = [];
    private readonly Stack<PatternOptions> _options = new();
    private int _nextNumber = 1;
    private bool _ignoresNextGroup;

    /// <exception cref="PatternException">The text is no pattern.</exception>
    public GroupTable Count()
    {
        _positions[0] = 0;
        while (!IsAtEnd)
        {
            Memory.Charge(1);
            ScanToken();
        }

        foreach ((string name, int position) in _names)
        {
            while (_positions.ContainsKey(_nextNumber))
            {
                _nextNumber++;
            }

            _numbers[name] = _nextNumber;
            _positions.TryAdd(_nextNumber++, position);
        }

        return new GroupTable(_positions, _numbers);
    }

    private void ScanToken()
    {
        switch (Pattern[Position++])
        {
            case '\\' when !IsAtEnd:
                SkipEscape();
                break;
            case '#' when Has(PatternOptions.IgnoreWhitespace):
                Position--;
                SkipBlanks();
                break;
            case '[':
                ScanClass(false, 0);
                break;
            case ')' when _options.Count > 0:
                Options = _options.Pop();
                break;
            case '(' when Follows(0, '?') && Follows(1, '#'):
                Position--;
                SkipBlanks();
                _ignoresNextGroup = false;
                break;
            case '(':
                _ignoresNextGroup = ScanGroup(Position - 1);
                break;
        }
    }

    private void SkipEscape()
    {
        if (Current is 'b' or 'B' or 'A' or 'G' or 'Z' or 'z' or 'w' or 'W' or 's' or 'S' or 'd' or 'D' or 'p' or 'P')
        {
            Position++;
        }
        else if (ScanReference().IsNone)
        {
            ScanEscape();
        }
    }

    /// <summary>Reads the opening of a group; returns whether the next one is the test of a condition, which does not capture.</summary>
    private bool ScanGroup(int position)
    {
        _options.Push(Options);
        Memory.Charge(StepsForGroup);
        Memory.ChargeMemory(BytesForGroup);
        if (!Follows(0, '?'))
        {
            if (!Has(PatternOptions.ExplicitCapture) && !_ignoresNextGroup)
            {
                _positions.TryAdd(_nextNumber++, position);
            }

            return false;
        }

        Position++;
        if (Position + 1 < Pattern.Length && Current is '<' or '\'')
        {
            Position++;
            ScanGroupName(position);
            return false;
        }

        ScanOptions();
        if (Follows(0, ')'))
        {
            Position++;
            _options.Pop();
            return false;
        }

        return Follows(0, '(');
    }

    private void ScanGroupName(int position)
    {
        if (Current is >= '1' and <= '9')
        {
            _positions.TryAdd(ScanDecimal(), position);
        }
        else if (Current != '0' && UnicodeProperties.IsWordUnit(Current))
        {
            string name = ScanName();
            if (_numbers.TryAdd(name, 0))
            {
                _names.Add((name, position));
            }
        }
    }
}
