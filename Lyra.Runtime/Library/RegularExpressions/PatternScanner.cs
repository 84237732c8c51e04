using System;
using System.Text.RegularExpressions;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// Reads the tokens of a pattern. A pattern is read twice, as in .NET: <see cref="GroupCounter"/> finds the groups, then
/// <see cref="RegexParser"/> builds the tree. Both charge steps.
/// </summary>
/// <param name="memory">What is charged.</param>
/// <param name="pattern">The pattern.</param>
internal abstract class PatternScanner(PatternMemory memory, string pattern)
{
    /// <summary>The most subtracted classes within a class.</summary>
    public const int MaxClassNesting = 16;

    protected string Pattern { get; } = pattern;

    protected PatternMemory Memory { get; } = memory;

    protected int Position { get; set; }

    protected PatternOptions Options { get; set; }

    protected bool IsAtEnd => Position >= Pattern.Length;

    protected char Current => Pattern[Position];

    protected bool Has(PatternOptions option) => (Options & option) != 0;

    /// <summary>Whether the pattern has this code unit at a distance from the position.</summary>
    protected bool Follows(int distance, char unit) => Position + distance < Pattern.Length && Pattern[Position + distance] == unit;

    protected virtual PatternException Fault(RegexParseError error) => PatternException.At(error, Position);

    /// <summary>Skips comments, and with option <c>x</c> blanks.</summary>
    protected void SkipBlanks()
    {
        while (true)
        {
            while (Has(PatternOptions.IgnoreWhitespace) && !IsAtEnd && IsBlank(Current))
            {
                Position++;
            }

            if (Has(PatternOptions.IgnoreWhitespace) && Follows(0, '#'))
            {
                Position = IndexOrEnd('\n');
            }
            else if (Follows(0, '(') && Follows(1, '?') && Follows(2, '#'))
            {
                Position = IndexOrEnd(')');
                if (IsAtEnd)
                {
                    throw Fault(RegexParseError.UnterminatedComment);
                }

                Position++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Reads option letters up to the first other code unit.</summary>
    protected void ScanOptions()
    {
        for (bool isOff = false; !IsAtEnd; Position++)
        {
            PatternOptions option = (char)(Current | 0x20) switch
            {
                'i' => PatternOptions.IgnoreCase,
                'm' => PatternOptions.Multiline,
                'n' => PatternOptions.ExplicitCapture,
                's' => PatternOptions.Singleline,
                'x' => PatternOptions.IgnoreWhitespace,
                _ => PatternOptions.None,
            };
            if (Current is '-' or '+')
            {
                isOff = Current == '-';
            }
            else if (option == PatternOptions.None)
            {
                return;
            }
            else
            {
                Options = isOff ? Options & ~option : Options | option;
            }
        }
    }

    protected int ScanDecimal()
    {
        long number = 0;
        while (!IsAtEnd && char.IsAsciiDigit(Current))
        {
            number = (number * 10) + (Pattern[Position++] - '0');
            if (number > int.MaxValue)
            {
                throw Fault(RegexParseError.QuantifierOrCaptureGroupOutOfRange);
            }
        }

        return (int)number;
    }

    protected string ScanName()
    {
        int start = Position;
        while (!IsAtEnd && UnicodeProperties.IsWordUnit(Current))
        {
            Position++;
        }

        return Pattern[start..Position];
    }

    /// <summary>
    /// Reads what may be a reference to a group, after the backslash. If it is none, the position remains the same.
    /// </summary>
    protected GroupReference ScanReference()
    {
        int start = Position;
        char unit = Current;
        char close = '\0';
        if (unit == 'k')
        {
            if (Position + 1 < Pattern.Length)
            {
                close = Pattern[Position + 1] switch { '<' => '>', '\'' => '\'', _ => '\0' };
                Position += 2;
            }

            if (close == '\0' || IsAtEnd)
            {
                throw Fault(RegexParseError.MalformedNamedReference);
            }
        }
        else if (unit is '<' or '\'' && Position + 1 < Pattern.Length)
        {
            close = unit == '\'' ? '\'' : '>';
            Position++;
        }

        unit = Current;
        if (close == '\0' && unit is >= '1' and <= '9')
        {
            return new GroupReference(ScanDecimal(), null, false);
        }

        if (close != '\0' && char.IsAsciiDigit(unit))
        {
            int number = ScanDecimal();
            if (!IsAtEnd && Pattern[Position++] == close)
            {
                return new GroupReference(number, null, true);
            }
        }
        else if (close != '\0' && UnicodeProperties.IsWordUnit(unit))
        {
            string name = ScanName();
            if (!IsAtEnd && Pattern[Position++] == close)
            {
                return new GroupReference(null, name, true);
            }
        }

        Position = start;
        return default;
    }

    /// <summary>Reads an escape that stands for one code unit, after the backslash.</summary>
    protected char ScanEscape()
    {
        char unit = Pattern[Position++];
        switch (unit)
        {
            case >= '0' and <= '7':
                Position--;
                return ScanOctal();
            case 'x':
                return ScanHex(2);
            case 'u':
                return ScanHex(4);
            case 'c':
                return ScanControl();
            case 'a':
                return '\a';
            case 'b':
                return '\b';
            case 'e':
                return '\e';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            default:
                return UnicodeProperties.IsWordUnit(unit) ? throw Fault(RegexParseError.UnrecognizedEscape) : unit;
        }
    }

    /// <summary>Reads the name in <c>\p{name}</c>, after the <c>p</c>.</summary>
    protected string ScanProperty()
    {
        if (Position + 2 >= Pattern.Length)
        {
            throw Fault(RegexParseError.InvalidUnicodePropertyEscape);
        }

        if (Pattern[Position++] != '{')
        {
            throw Fault(RegexParseError.MalformedUnicodePropertyEscape);
        }

        int start = Position;
        while (!IsAtEnd && (UnicodeProperties.IsWordUnit(Current) || Current == '-'))
        {
            Position++;
        }

        string name = Pattern[start..Position];
        return !IsAtEnd && Pattern[Position++] == '}' ? name : throw Fault(RegexParseError.InvalidUnicodePropertyEscape);
    }

    /// <summary>Reads a character class, after the bracket.</summary>
    /// <param name="builds">Whether to build the set. If not, only errors that concern its extent are reported.</param>
    /// <param name="nesting">The number of classes around this one.</param>
    protected CharacterSet? ScanClass(bool builds, int nesting)
    {
        if (nesting > MaxClassNesting)
        {
            throw new PatternException($"the pattern nests more than {MaxClassNesting} subtracted classes at position {Position}: "
                + "write one class");
        }

        CharacterSetBuilder? set = builds ? new(Has(PatternOptions.IgnoreCase)) : null;
        if (Follows(0, '^'))
        {
            Position++;
            set?.IsNegated = true;
        }

        int start = Position;
        char? rangeStart = null;
        while (!IsAtEnd)
        {
            bool isFirst = Position == start;
            bool isEscape = false;
            char unit = Pattern[Position++];
            if (unit == ']' && !isFirst)
            {
                Memory.Charge(1 + Position - start);
                return set?.Build();
            }

            if (unit == '\\' && !IsAtEnd)
            {
                if (TryScanClassEscape(set, ref rangeStart))
                {
                    continue;
                }

                unit = ScanEscape();
                isEscape = true;
            }

            if (rangeStart is { } first)
            {
                rangeStart = null;
                EndRange(set, first, unit, unit == '[' && !isEscape, nesting);
            }
            else if (Follows(0, '-') && Position + 1 < Pattern.Length && Pattern[Position + 1] != ']')
            {
                rangeStart = unit;
                Position++;
            }
            else if (unit == '-' && !isEscape && !isFirst && Follows(0, '['))
            {
                Position++;
                Subtract(set, ScanClass(builds, nesting + 1));
            }
            else
            {
                set?.Add(unit, unit);
            }
        }

        throw Fault(RegexParseError.UnterminatedBracket);
    }

    /// <summary>Whether a quantifier begins at the position. A brace that does not form one is an ordinary code unit.</summary>
    protected bool IsQuantifier()
    {
        if (Current != '{')
        {
            return Current is '*' or '+' or '?';
        }

        int end = EndOfDigits(Position + 1);
        if (end == Position + 1 || end >= Pattern.Length)
        {
            return false;
        }

        if (Pattern[end] == ',')
        {
            end = EndOfDigits(end + 1);
        }

        return end < Pattern.Length && Pattern[end] == '}';
    }

    protected static bool IsBlank(char unit) => unit is ' ' or '\t' or '\n' or '\f' or '\r';

    private int IndexOrEnd(char unit) => Pattern.IndexOf(unit, Position) is >= 0 and int index ? index : Pattern.Length;

    private int EndOfDigits(int position)
    {
        while (position < Pattern.Length && char.IsAsciiDigit(Pattern[position]))
        {
            position++;
        }

        return position;
    }

    private void EndRange(CharacterSetBuilder? set, char first, char last, bool isSubtraction, int nesting)
    {
        if (set is null)
        {
            return;
        }

        if (isSubtraction)
        {
            // What looked like a range is the last code unit and a subtraction.
            set.Add(first, first);
            Subtract(set, ScanClass(true, nesting + 1));
            return;
        }

        if (first > last)
        {
            throw Fault(RegexParseError.ReversedCharacterRange);
        }

        set.Add(first, last);
    }

    private void Subtract(CharacterSetBuilder? set, CharacterSet? subtracted)
    {
        if (set is null || subtracted is null)
        {
            return;
        }

        set.Except(subtracted);
        if (!IsAtEnd && Current != ']')
        {
            throw Fault(RegexParseError.ExclusionGroupNotLast);
        }
    }

    /// <summary>
    /// Reads an escape that can't begin a range, after the backslash: one for several code units, or a hyphen. False for any other.
    /// </summary>
    private bool TryScanClassEscape(CharacterSetBuilder? set, ref char? rangeStart)
    {
        char unit = Current;
        if (unit == '-')
        {
            Position++;
            if (set is not null)
            {
                EndRange(set, rangeStart ?? unit, unit, false, 0);
                rangeStart = null;
            }

            return true;
        }

        if (unit is not ('d' or 'D' or 's' or 'S' or 'w' or 'W' or 'p' or 'P'))
        {
            return false;
        }

        Position++;
        if (set is not null && rangeStart is not null)
        {
            throw Fault(RegexParseError.ShorthandClassInCharacterRange);
        }

        AddShorthand(set, unit);
        return true;
    }

    /// <summary>Adds a shorthand such as <c>\d</c> to a set, which is null if none is built; <c>\p</c> is followed by a name.</summary>
    protected void AddShorthand(CharacterSetBuilder? set, char letter)
    {
        bool isNegated = char.IsAsciiLetterUpper(letter);
        switch (letter)
        {
            case 'd' or 'D':
                set?.AddCategories(UnicodeProperties.Digit, isNegated);
                break;
            case 'w' or 'W':
                set?.AddCategories(UnicodeProperties.Word, isNegated);
                break;
            case 's' or 'S':
                set?.AddSpace(isNegated);
                break;
            default:
                string name = ScanProperty();
                Memory.CheckClock();
                if (set?.TryAddProperty(name, isNegated) == false)
                {
                    throw Fault(RegexParseError.UnrecognizedUnicodeProperty);
                }

                break;
        }
    }

    /// <summary>Reads up to three octal digits, of which eight bits count.</summary>
    private char ScanOctal()
    {
        int number = 0;
        for (int i = 0; i < 3 && !IsAtEnd && Current is >= '0' and <= '7'; i++)
        {
            number = (number * 8) + (Pattern[Position++] - '0');
        }

        return (char)(number & 0xFF);
    }

    private char ScanHex(int digits)
    {
        int number = 0;
        if (Position + digits > Pattern.Length)
        {
            throw Fault(RegexParseError.InsufficientOrInvalidHexDigits);
        }

        for (int i = 0; i < digits; i++)
        {
            char digit = Pattern[Position++];
            if (!char.IsAsciiHexDigit(digit))
            {
                throw Fault(RegexParseError.InsufficientOrInvalidHexDigits);
            }

            number = (number * 16) + Convert.ToInt32(digit.ToString(), 16);
        }

        return (char)number;
    }

    private char ScanControl()
    {
        if (IsAtEnd)
        {
            throw Fault(RegexParseError.MissingControlCharacter);
        }

        char letter = Pattern[Position++];
        letter = char.IsAsciiLetterLower(letter) ? (char)(letter - 'a' + 'A') : letter;
        return letter is >= '@' and < '`' ? (char)(letter - '@') : throw Fault(RegexParseError.UnrecognizedControlCharacter);
    }
}

/// <summary>A reference to a group, by number or name.</summary>
/// <param name="Number">The number; null if there is none.</param>
/// <param name="Name">The name; null if there is none.</param>
/// <param name="IsDelimited">Whether it can't be an octal escape.</param>
internal readonly record struct GroupReference(int? Number, string? Name, bool IsDelimited)
{
    public bool IsNone => Number is null && Name is null;
}
