using System;
using System.Collections.Generic;
using System.Numerics;
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
    public int[] Ranks(ReadOnlySpan<Value> arguments)
    {
        int[] ranks = new int[arguments.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            int parameter = _positions is null ? i : Array.IndexOf(_positions, i);
            bool isRest = _hasRest && (parameter < 0 || parameter >= _parameters.Length - 1);
            Type type = isRest ? _parameters[^1].ParameterType.GetElementType()! : _parameters[parameter].ParameterType;
            ranks[i] = arguments[i].IsUnset ? Same : RankOf(arguments[i], type);
        }

        return ranks;
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

    private static int RankOf(in Value value, Type parameter)
    {
        Type type = ScriptTypes.Plain(parameter);
        if (value.IsNil)
        {
            return type != parameter || !type.IsValueType ? Same : NoFit;
        }

        if (type == typeof(object) || type == typeof(LyraValue))
        {
            return Convertible;
        }

        if (value.Ref is HostObject host)
        {
            return RankOf(host.ClrType, type);
        }

        return HostReader.TryRead(value, type, null, out _) ? RankOfReadable(value, type) : NoFit;
    }

    private static int RankOf(Type given, Type type) =>
        given == type ? Exact : !type.IsAssignableFrom(given) ? NoFit : type.IsInterface ? Same : Near;

    private static int RankOfReadable(in Value value, Type type)
    {
        if (value.IsAnyInt)
        {
            bool isFractional = type == typeof(double) || type == typeof(float) || type == typeof(Half) || type == typeof(decimal);
            return type == typeof(long) ? Exact
                : type == typeof(int) ? Near
                : isFractional || type == typeof(BigInteger) ? Convertible : Same;
        }

        if (value.IsFloat)
        {
            return type == typeof(double) ? Exact : type == typeof(float) ? Near : Convertible;
        }

        return value.Ref is ScriptString ? type == typeof(string) ? Exact : Convertible : Same;
    }
}
