using System;
using System.Collections.Generic;

namespace Lyra.Runtime.Hosting;

/// <content>The parameters, for the choice among overloads and for messages.</content>
internal sealed partial class DelegateAdapter
{
    /// <summary>Whether its last parameter takes any number of arguments.</summary>
    public bool HasRest => _hasRest;

    /// <summary>The number of parameters for which scripts pass arguments.</summary>
    public int PassedCount => _positions is null ? _parameters.Length : _parameters.Length - _positions.AsSpan().Count(Given);

    /// <summary>Whether parameters are given.</summary>
    public bool HasGiven => _positions is not null;

    /// <summary>The type that declares the method; null where only the delegate is known.</summary>
    public Type? Declaring { get; }

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
}
