using System;
using System.Reflection;

namespace Lyra.Runtime.Hosting;

/// <summary>The values of optional parameters of the host's methods that a script does not pass.</summary>
internal static class HostDefaults
{
    /// <summary>The value of a parameter that has a default; null also for the default of a value type.</summary>
    /// <remarks>Metadata keeps the number of an enum, and reflection does not convert it where the parameter is nullable.</remarks>
    public static object? Of(ParameterInfo parameter) =>
        parameter.DefaultValue is { } number && Nullable.GetUnderlyingType(parameter.ParameterType) is { IsEnum: true } type
            ? Enum.ToObject(type, number)
            : parameter.DefaultValue;
}
