using System;
using System.Collections.Generic;
using System.Numerics;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Reads a script value as one .NET type, boxed; returns false when it can't be converted. <see cref="HostReader"/> explains the context.
/// </summary>
internal delegate bool HostConverter(in Value value, ScriptContext? context, out object? result);

/// <summary>The converters from script values to .NET types. Each is made when its type is first used and kept as long as it.</summary>
internal static class HostConverters
{
    /// <summary>The types of what <see cref="ReadObject"/> returns.</summary>
    private static readonly Type[] ObjectTypes =
    [
        typeof(string), typeof(BigInteger), typeof(LyraMapView), typeof(LyraListView), typeof(HashSet<LyraValue>), typeof(LyraValue),
        typeof(long), typeof(double), typeof(bool),
    ];

    private static readonly TypeTable<HostConverter> Known = new(new Dictionary<Type, HostConverter>
    {
        [typeof(object)] = ReadObject,
        [typeof(LyraValue)] = static (in value, _, out result) => Found(new LyraValue(value), out result),
        [typeof(bool)] = static (in value, _, out result) => value.IsBool ? Found(value.AsBool, out result) : NotFound(out result),
        [typeof(string)] = ReadString,
        [typeof(char)] = static (in value, _, out result) =>
            value.Ref is ScriptString { Length: 1 } text ? Found(text[0], out result) : NotFound(out result),
        [typeof(sbyte)] = ReadInteger<sbyte>,
        [typeof(byte)] = ReadInteger<byte>,
        [typeof(short)] = ReadInteger<short>,
        [typeof(ushort)] = ReadInteger<ushort>,
        [typeof(int)] = ReadInteger<int>,
        [typeof(uint)] = ReadInteger<uint>,
        [typeof(long)] = ReadInteger<long>,
        [typeof(ulong)] = ReadInteger<ulong>,
        [typeof(nint)] = ReadInteger<nint>,
        [typeof(nuint)] = ReadInteger<nuint>,
        [typeof(Int128)] = ReadInteger<Int128>,
        [typeof(UInt128)] = ReadInteger<UInt128>,
        [typeof(BigInteger)] = static (in value, _, out result) =>
            value.IsAnyInt ? Found(value.AsBig, out result) : NotFound(out result),
        [typeof(double)] = static (in value, _, out result) =>
            TryReadFloat(value, out double number) ? Found(number, out result) : NotFound(out result),
        [typeof(float)] = static (in value, _, out result) =>
            TryReadFloat(value, out double number) ? Found((float)number, out result) : NotFound(out result),
        [typeof(Half)] = static (in value, _, out result) =>
            TryReadFloat(value, out double number) ? Found((Half)number, out result) : NotFound(out result),
        [typeof(decimal)] = ReadDecimal,
    });

    public static HostConverter For(Type type) => Known.GetOrAdd(type, Build);

    /// <summary>Forgets the converter to a type of which more is known now.</summary>
    public static void Forget(Type type) => Known.Remove(type);

    /// <summary>Reports a successful conversion.</summary>
    public static bool Found(object? value, out object? result)
    {
        result = value;
        return true;
    }

    /// <summary>Reports a failed conversion.</summary>
    public static bool NotFound(out object? result)
    {
        result = null;
        return false;
    }

    private static HostConverter Build(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return (in value, context, out result) =>
                value.IsNil ? Found(null, out result) : For(underlying)(value, context, out result);
        }

        if (type.IsEnum)
        {
            return (in value, _, out result) => TryReadEnum(value, type, out result);
        }

        if (HostScalars.ConverterTo(type) is { } scalar)
        {
            return type.IsValueType ? scalar : OrNil(scalar);
        }

        if (typeof(Delegate).IsAssignableFrom(type) && ProcAdapter.Fits(type))
        {
            return OrNil((in value, context, out result) => ProcAdapter.TryCreate(type, value, context, out result));
        }

        HostConverter? structured = HostContainers.ConverterFor(type);
        HostConverter general = (in value, context, out result) =>
            ReadObject(value, context, out result) && type.IsInstanceOfType(result) ? true : NotFound(out result);
        HostConverter converter = structured ?? (HostRecords.For(type) is { } records
            ? (in value, context, out result) => records.TryRead(value, context, out result) || general(value, context, out result)
            : general);
        return type.IsValueType ? converter : OrNil(converter);
    }

    /// <summary>Whether there are script values that convert to the type, apart from the elements of containers.</summary>
    public static bool IsReadable(Type type)
    {
        Type plain = ScriptTypes.Plain(type);
        return Known.Contains(plain) || plain.IsEnum || typeof(Delegate).IsAssignableFrom(plain)
            || Array.Exists(ObjectTypes, plain.IsAssignableFrom) || HostContainers.ConverterFor(plain) is not null
            || HostScalars.ConverterTo(plain) is not null || HostRecords.For(plain) is not null;
    }

    /// <summary>Extends a converter to a reference type so that nil becomes null.</summary>
    private static HostConverter OrNil(HostConverter converter) =>
        (in value, context, out result) => value.IsNil ? Found(null, out result) : converter(value, context, out result);

    /// <summary>Converts to <c>object</c>: the widest .NET type of the kind, a view of a container, or else the value as it is.</summary>
    private static bool ReadObject(in Value value, ScriptContext? context, out object? result)
    {
        result = value.Ref switch
        {
            null => (object?)null,
            ScriptString text => text.Text,
            BigInt big => big.Value,
            HostObject host => host.Target,
            HostCollection collection => collection.Source,
            MapObject map => new LyraMapView(map),
            SetObject set => HostContainers.CopySet(context, set),
            StructObject { Shape.Enum: HostEnumType owner } member => owner.ClrValueOf(member),
            ScriptObject container when LyraListView.Fits(value) => new LyraListView(container),
            ScriptObject => new LyraValue(value),
            _ => value.IsInt ? value.AsInt : value.IsFloat ? (object)value.AsFloat : value.AsBool,
        };
        return true;
    }

    private static bool ReadString(in Value value, ScriptContext? context, out object? result) => value.Ref switch
    {
        null => Found(null, out result),
        ScriptString text => Found(text.Text, out result),
        _ => NotFound(out result),
    };

    private static bool ReadInteger<T>(in Value value, ScriptContext? context, out object? result)
        where T : struct, IBinaryInteger<T>
    {
        if (!value.IsAnyInt)
        {
            return NotFound(out result);
        }

        BigInteger exact = value.AsBig;
        T number = T.CreateSaturating(exact);
        return BigInteger.CreateChecked(number) == exact ? Found(number, out result) : NotFound(out result);
    }

    private static bool TryReadFloat(in Value value, out double number)
    {
        number = value.IsFloat ? value.AsFloat : value.IsAnyInt ? Conversion.IntToFloat(value) : 0;
        return value.IsNumber;
    }

    private static bool ReadDecimal(in Value value, ScriptContext? context, out object? result)
    {
        if (value.IsFloat)
        {
            return HostDecimal.Of(value.AsFloat) is { } exact ? Found(exact, out result) : NotFound(out result);
        }

        try
        {
            return value.IsAnyInt ? Found((decimal)value.AsBig, out result) : NotFound(out result);
        }
        catch (OverflowException)
        {
            return NotFound(out result);
        }
    }

    /// <summary>Reads an int, or the text of a value as <see cref="HostEnum"/> gives it: its number if it has no name.</summary>
    private static bool TryReadEnum(in Value value, Type type, out object? result)
    {
        if (value.Ref is StructObject { Shape.Enum: HostEnumType owner } member)
        {
            return owner.ClrType == type ? Found(owner.ClrValueOf(member), out result) : NotFound(out result);
        }

        if (value.Ref is ScriptString { Length: > 0 } text)
        {
            bool isName = char.IsLetter(text[0]) || text[0] == '_';
            return Enum.TryParse(type, text.Text, out result) && (isName || result.ToString() == text.Text) || NotFound(out result);
        }

        return For(Enum.GetUnderlyingType(type))(value, null, out object? number)
            ? Found(Enum.ToObject(type, number!), out result)
            : NotFound(out result);
    }
}
