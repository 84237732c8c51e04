using System;
using System.Numerics;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra;

#pragma warning disable CA2225 // LyraValue.From is the named form of all of these

/// <content>The conversions to script values, none of which fails. The implicit ones are lossless.</content>
public readonly partial struct LyraValue
{
    /// <summary>A bool.</summary>
    public static implicit operator LyraValue(bool value) => new(Value.FromBool(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(sbyte value) => new(Value.FromInt(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(byte value) => new(Value.FromInt(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(short value) => new(Value.FromInt(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(ushort value) => new(Value.FromInt(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(int value) => new(Value.FromInt(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(uint value) => new(Value.FromInt(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(long value) => new(Value.FromInt(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(ulong value) => new(Value.FromBig(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(nint value) => new(Value.FromInt(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(nuint value) => new(Value.FromBig(value));

    /// <summary>An int.</summary>
    public static implicit operator LyraValue(BigInteger value) => new(Value.FromBig(value));

    /// <summary>A float.</summary>
    public static implicit operator LyraValue(float value) => new(Value.FromFloat(value));

    /// <summary>A float.</summary>
    public static implicit operator LyraValue(double value) => new(Value.FromFloat(value));

    /// <summary>A str of one code unit.</summary>
    public static implicit operator LyraValue(char value) => new(Value.FromObject(ScriptString.FromChar(value)));

    /// <summary>A str; nil for null.</summary>
    public static implicit operator LyraValue(string? value) => new(Value.FromText(value));

    /// <summary>The decimal, exactly: an object of the type <c>decimal</c>.</summary>
    public static implicit operator LyraValue(decimal value) => From(value);

    /// <summary>A str in ISO 8601, with all digits.</summary>
    public static implicit operator LyraValue(DateTime value) => From(value);

    /// <summary>A str in ISO 8601, with all digits.</summary>
    public static implicit operator LyraValue(DateTimeOffset value) => From(value);

    /// <summary>The seconds, as a float.</summary>
    public static implicit operator LyraValue(TimeSpan value) => From(value);

    /// <summary>A str with hyphens.</summary>
    public static implicit operator LyraValue(Guid value) => From(value);
}
