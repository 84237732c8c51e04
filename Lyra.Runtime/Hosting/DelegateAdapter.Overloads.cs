using System;
using System.Collections.Generic;
using System.Numerics;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <content>How well arguments fit, for the choice among overloads.</content>
internal sealed partial class DelegateAdapter
{
    private const int NoFit = 0;
    private const int Convertible = 1;
    private const int Same = 2;
    private const int Near = 3;
    private const int Exact = 4;

    /// <summary>How well each argument fits its parameter: 0 when the host would refuse it, otherwise more for a better fit.</summary>
    /// <exception cref="ScriptErrorException">A copy that shows whether an argument fits would exceed a limit.</exception>
    public void Rank(ScriptContext context, ReadOnlySpan<Value> arguments, Span<int> ranks)
    {
        for (int n = 0; n < ranks.Length; n++)
        {
            ranks[n] = arguments[n].IsUnset ? Same : RankOf(context, arguments[n], TypeFor(n));
        }
    }

    /// <summary>
    /// How well an argument fits its parameter, if the host can read it; 0 when it certainly can't. Unknown arguments fit alike.
    /// </summary>
    public int RankOf(int position, OverloadArgument argument)
    {
        Type type = ScriptTypes.Plain(TypeFor(position));
        return argument.Kind is not { } kind ? Same
            : IsAny(type) ? Convertible
            : argument.Class is { } given ? RankOf(given, type)
            : MayRead(kind, type) ? RankOfReadable(kind, type)
            : NoFit;
    }

    /// <summary>
    /// Whether the host can read some value of a kind as a type. Of the types that accept an int or a float, all but enums accept a small
    /// one; what a str is read as depends on its text.
    /// </summary>
    private static bool MayRead(ValueKind kind, Type type) => KindInfo.Of(kind).Default switch
    {
        SlotDefault.False => IsRead(Value.FromBool(true), type, null),
        SlotDefault.IntZero => type.IsEnum || IsRead(Value.FromInt(1), type, null),
        SlotDefault.FloatZero => IsRead(Value.FromFloat(1), type, null) || IsRead(Value.FromFloat(0.5), type, null),
        SlotDefault.Nil or SlotDefault.EmptyStr or SlotDefault.EmptyContainer => true,
    };

    /// <summary>The type of the parameter, or of the element of the last one, that an argument is for.</summary>
    public Type TypeFor(int argument)
    {
        int parameter = _positions is null ? argument : Array.IndexOf(_positions, argument);
        return _hasRest && (parameter < 0 || parameter >= _parameters.Length - 1)
            ? _parameters[^1].ParameterType.GetElementType()!
            : _parameters[parameter].ParameterType;
    }

    /// <summary>The parameters with their .NET types, as a message shows an overload: <c>add(string sku, int count)</c>.</summary>
    /// <param name="name">The name of the method.</param>
    /// <param name="skipped">The number of first parameters that are not shown.</param>
    public string TypedSignature(string name, int skipped)
    {
        List<string> shown = [];
        for (int i = skipped; i < _parameters.Length; i++)
        {
            if (IsGiven(_parameters[i].ParameterType))
            {
                continue;
            }

            shown.Add($"{ScriptTypes.HostName(_parameters[i].ParameterType)} {_names[i]}");
        }

        return $"{name}({string.Join(", ", shown)})";
    }

    /// <summary>The script types that the parameters accept.</summary>
    public string[] ParameterTypes() => Array.ConvertAll(_parameters, static parameter => ScriptTypes.NameOf(parameter.ParameterType));

    private static int RankOf(ScriptContext context, in Value value, Type parameter)
    {
        Type type = ScriptTypes.Plain(parameter);
        if (value.IsNil)
        {
            return type != parameter || !type.IsValueType ? Same : NoFit;
        }

        if (IsAny(type))
        {
            return Convertible;
        }

        if (value.Ref is HostObject host)
        {
            return RankOf(host.ClrType, type);
        }

        return IsRead(value, type, context) ? RankOfReadable(value.Kind, type) : NoFit;
    }

    private static bool IsAny(Type type) => type == typeof(object) || type == typeof(LyraValue);

    /// <summary>Whether the host can read a value as a type. The common types need no object for the result.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type.</param>
    /// <param name="context">The run; null for a number or bool.</param>
    private static bool IsRead(in Value value, Type type, ScriptContext? context)
    {
        if (type == typeof(int))
        {
            return HostReader.TryRead<int>(value, context, out _);
        }

        if (type == typeof(long))
        {
            return HostReader.TryRead<long>(value, context, out _);
        }

        if (type == typeof(double))
        {
            return HostReader.TryRead<double>(value, context, out _);
        }

        return type == typeof(string) ? value.Ref is ScriptString : HostReader.TryRead(value, type, context, out _);
    }

    private static int RankOf(Type given, Type type) =>
        given == type ? Exact : !type.IsAssignableFrom(given) ? NoFit : type.IsInterface ? Same : Near;

    private static int RankOfReadable(ValueKind kind, Type type)
    {
        if (kind == ValueKind.Int)
        {
            bool isFractional = type == typeof(double) || type == typeof(float) || type == typeof(Half) || type == typeof(decimal);
            return type == typeof(long) ? Exact
                : type == typeof(int) ? Near
                : isFractional || type == typeof(BigInteger) ? Convertible : Same;
        }

        if (kind == ValueKind.Float)
        {
            return type == typeof(double) ? Exact : type == typeof(float) ? Near : Convertible;
        }

        return kind == ValueKind.Str ? type == typeof(string) ? Exact : Convertible : Same;
    }
}
