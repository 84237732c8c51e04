using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// An enum of the host. A script sees a value as its name: the text that .NET gives, which for values without a name is their number, or
/// the names of their flags. No two values have the same text, so numbers can be compared instead.
/// </summary>
internal sealed class HostEnum
{
    private const int MaxKnown = 256;

    private static readonly TypeTable<HostEnum> Enums = new();

    /// <summary>The texts of small values that have a name. They exist once and are constants.</summary>
    private readonly ScriptString?[] _known = new ScriptString?[MaxKnown];

    private readonly Dictionary<string, long> _numbers = [];

    private HostEnum(Type type)
    {
        Type = type;
        foreach (object number in Enum.GetValuesAsUnderlyingType(type))
        {
            long value = NumberOf(number);
            string name = TextOf(value);
            _numbers[name] = value;
            if ((ulong)value < MaxKnown)
            {
                _known[value] = ScriptString.Constant(name);
            }
        }

        ScriptString longest = ScriptString.Constant(new string(' ', MaxLengthOf(type)));
        IsShort = Equality.ComparisonSteps(longest, longest) == 0;
    }

    /// <summary>The .NET type.</summary>
    public Type Type { get; }

    /// <summary>Whether every text is so short that looking through it costs no steps.</summary>
    public bool IsShort { get; }

    /// <summary>The one for a .NET type, which is an enum.</summary>
    public static HostEnum Of(Type type) => Enums.GetOrAdd(type, static known => new HostEnum(known));

    /// <summary>The number of a value of any underlying type; an unsigned one of 64 bits keeps its bits.</summary>
    /// <param name="value">The enum's value, or that of its underlying type.</param>
    public static long NumberOf(object value) => value switch
    {
        nint number => number,
        nuint number => (long)number,
        _ when Type.GetTypeCode(value.GetType()) == TypeCode.UInt64 => (long)Convert.ToUInt64(value, null),
        _ => Convert.ToInt64(value, null),
    };

    /// <summary>The text of the value with a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ScriptString NameOf(long number)
    {
        ScriptString?[] known = _known;
        return ((ulong)number < (ulong)known.Length ? known[number] : null) ?? ScriptString.From(TextOf(number));
    }

    /// <summary>The number of the value that has a name; null when none has it.</summary>
    public long? NumberOf(string name) => _numbers.TryGetValue(name, out long number) ? number : null;

    /// <summary>The most code units that a text can have: those of a number, a name, or all names of flags.</summary>
    private int MaxLengthOf(Type type)
    {
        bool areFlags = type.IsDefined(typeof(FlagsAttribute), inherit: false);
        int length = ScriptString.MaxDigits;
        foreach (string name in _numbers.Keys)
        {
            length = areFlags ? length + ", ".Length + name.Length : Math.Max(length, name.Length);
        }

        return length;
    }

    private string TextOf(long number) => Enum.ToObject(Type, number).ToString()!;
}
