using System;
using System.Collections;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>os</c>. Reading the environment needs the capability Environment; reading the script's arguments needs none.
/// </summary>
internal static class OsModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("args()")?.Register(Arguments, Restartable);
        rows.Row("env(name?)")?.Register(Environment, Restartable);

    }

    /// <summary>Returns a new list for each call, so that the caller may change it.</summary>
    private static Value Arguments(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        string[] given = context.Host.Arguments;
        Value[] values = new Value[given.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Make.Text(context, given[i]);
        }

        return Value.FromObject(ListObject.Of(context, values));
    }

    /// <summary>The value of a variable, nil when it is not set; without a name, a map of all variables.</summary>
    private static Value Environment(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (!context.Host.Capabilities.HasFlag(LyraCapabilities.Environment))
        {
            throw Throw.Error(ErrorKinds.IOError, "os.env: reading the environment is denied; the host must grant it");
        }

        if (Argument.TryGetNonNil(arguments, 0, out Value name))
        {
            return Variable(context, Argument.Text(name, "os.env", "name"));
        }

        MapObject variables = new();
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
        {
            variables.Set(context, Make.Text(context, (string)entry.Key), Make.Text(context, (string?)entry.Value ?? string.Empty));
        }

        return Value.FromObject(variables);
    }

    private static Value Variable(ScriptContext context, string name)
    {
        context.Charge(name.Length >> 8);
        string? value = name.Length == 0 || name.Contains('\0') ? null : System.Environment.GetEnvironmentVariable(name);
        return value is null ? Value.Nil : Make.Text(context, value);
    }
}
