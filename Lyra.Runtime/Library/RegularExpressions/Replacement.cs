using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>The replacement of a match: texts, groups and parts of the searched text. Its syntax is that of .NET.</summary>
internal sealed class Replacement
{
    /// <summary>The code units that are appended between two checks of the clock.</summary>
    private const int Stretch = 1 << 18;

    private readonly List<Part> _parts;

    private Replacement(List<Part> parts) => _parts = parts;

    private enum PartKind : byte
    {
        Text,
        Group,
        Before,
        After,
        Whole,
    }

    /// <summary>Reads a template. Its memory is protected until the caller ends the protection.</summary>
    /// <exception cref="PatternException">A group's number is too large.</exception>
    public static Replacement Parse(ScriptContext context, string template, GroupTable groups)
    {
        context.Charge(1 + (template.Length >> 3));
        PatternMemory memory = new(context);
        context.Protect(memory);
        return new Replacement(new Scanner(memory, template, groups).Scan());
    }

    /// <summary>The number of code units that replace the match of a matcher. Charges for expanding the parts.</summary>
    public long LengthFor(ScriptContext context, Matcher match, string text)
    {
        long length = 0;
        for (int i = 0; i < _parts.Count; i++)
        {
            length += _parts[i].Kind == PartKind.Text ? _parts[i].Text.Length : SpanOf(_parts[i], match, text).Length;
            if ((i & 63) == 63)
            {
                context.Charge(64);
            }
        }

        return length;
    }

    /// <summary>Appends what replaces the match of a matcher. The caller has charged it.</summary>
    public void AppendTo(ScriptContext context, StringBuilder result, Matcher match, string text)
    {
        long appended = 0;
        foreach (Part part in _parts)
        {
            if (part.Kind == PartKind.Text)
            {
                result.Append(part.Text);
                appended += part.Text.Length;
            }
            else
            {
                (int start, int length) = SpanOf(part, match, text);
                result.Append(text, start, length);
                appended += length;
            }

            if (++appended >= Stretch)
            {
                context.CheckClock();
                appended = 0;
            }
        }
    }

    private static (int Start, int Length) SpanOf(in Part part, Matcher match, string text)
    {
        switch (part.Kind)
        {
            case PartKind.Before:
                return (0, match.Start);
            case PartKind.After:
                return (match.End, text.Length - match.End);
            case PartKind.Whole:
                return (0, text.Length);
            case PartKind.Text or PartKind.Group:
                return match.TryGetGroup(part.Group, out int start, out int length) ? (start, length) : (0, 0);
            default:
                throw new UnreachableException();
        }
    }

    private readonly record struct Part(PartKind Kind, string Text, int Group);

    private sealed class Scanner(PatternMemory memory, string template, GroupTable groups) : PatternScanner(memory, template)
    {
        private readonly List<Part> _parts = [];

        public List<Part> Scan()
        {
            while (!IsAtEnd)
            {
                int start = Position;
                Position = Pattern.IndexOf('$', start) is >= 0 and int dollar ? dollar : Pattern.Length;
                AddText(start, Position);
                if (!IsAtEnd)
                {
                    Position++;
                    ScanDollar();
                }
            }

            return _parts;
        }

        protected override PatternException Fault(RegexParseError error) =>
            new($"the replacement can't be read: {PatternException.Describe(error, Position)}");

        private void ScanDollar()
        {
            int start = Position;
            if (Follows(0, '{'))
            {
                Position++;
            }

            bool isBraced = Position > start && !IsAtEnd;
            if (TryScanGroup(isBraced) is { } group)
            {
                Add(new Part(PartKind.Group, string.Empty, group));
                return;
            }

            Position = start;
            PartKind? kind = IsAtEnd ? null : Current switch
            {
                '&' or '+' => PartKind.Group,
                '`' => PartKind.Before,
                '\'' => PartKind.After,
                '_' => PartKind.Whole,
                _ => null,
            };
            if (kind is null)
            {
                // An unknown dollar stands for itself, and so do two.
                AddText(start - 1, start);
                Position += Follows(0, '$') ? 1 : 0;
                return;
            }

            Add(new Part(kind.Value, string.Empty, Pattern[Position++] == '+' ? groups.Count - 1 : 0));
        }

        /// <summary>Reads the number or the name of a group that exists; null for anything else.</summary>
        private int? TryScanGroup(bool isBraced)
        {
            if (IsAtEnd || !(char.IsAsciiDigit(Current) || (isBraced && UnicodeProperties.IsWordUnit(Current))))
            {
                return null;
            }

            int? group = char.IsAsciiDigit(Current) ? groups.IndexOf(ScanDecimal()) : groups.IndexOf(ScanName());
            return !isBraced || (!IsAtEnd && Pattern[Position++] == '}') ? group : null;
        }

        private void AddText(int start, int end)
        {
            if (end > start)
            {
                Add(new Part(PartKind.Text, Pattern[start..end], 0));
            }
        }

        private void Add(Part part)
        {
            Memory.ChargeMemory(64 + (2L * part.Text.Length));
            Memory.Charge(1);
            _parts.Add(part);
        }
    }
}
