using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>Orders positional and named arguments by the callee's parameters, at run time.</summary>
internal static class ArgumentBinder
{
    /// <summary>The complete arguments for a script proc: unset markers for defaults, a list for the rest parameter.</summary>
    /// <exception cref="ScriptErrorException">ArgumentError: too many, too few, unknown or given twice.</exception>
    /// <param name="context">The running context.</param>
    /// <param name="prototype">The callee.</param>
    /// <param name="positional">The arguments without names, receivers first.</param>
    /// <param name="receivers">The number of them that are receivers.</param>
    /// <param name="names">The names of the others.</param>
    /// <param name="named">Their values.</param>
    public static Value[] Bind(
        ScriptContext context, Prototype prototype, List<Value> positional, int receivers, string[] names, Value[] named)
    {
        ParameterInfo[] parameters = prototype.Parameters;
        int fixedCount = prototype.HasRest ? parameters.Length - 1 : parameters.Length;
        if (positional.Count > fixedCount && !prototype.HasRest)
        {
            throw Throw.ArgumentError(WrongCount(prototype, positional.Count + names.Length, receivers));
        }

        Value[] bound = new Value[parameters.Length];
        Array.Fill(bound, Value.Unset);
        int taken = Math.Min(positional.Count, fixedCount);
        positional.CopyTo(0, bound, 0, taken);
        for (int i = 0; i < names.Length; i++)
        {
            int index = Array.FindIndex(parameters, 0, fixedCount, p => p.Name == names[i]);
            Place(bound, index, named[i], names[i], prototype.Name);
        }

        for (int i = 0; i < fixedCount; i++)
        {
            if (bound[i].IsUnset && !parameters[i].HasDefault)
            {
                throw Throw.ArgumentError($"{prototype.Name} needs the argument '{parameters[i].Name}'");
            }
        }

        if (prototype.HasRest)
        {
            bound[fixedCount] = Value.FromObject(ListObject.Of(context, positional.GetRange(taken, positional.Count - taken).ToArray()));
        }

        return bound;
    }

    /// <summary>The arguments for a builtin, without missing optional ones at the end.</summary>
    /// <exception cref="ScriptErrorException">ArgumentError: too many, too few, unknown or given twice.</exception>
    public static Value[] Bind(Intrinsic intrinsic, List<Value> positional, int receivers, string[] names, Value[] named)
    {
        if (names.Length == 0)
        {
            CheckCount(intrinsic, positional.Count, receivers);
            return [.. positional];
        }

        string[] parameters = intrinsic.ParameterNames;
        Value[] bound = new Value[Math.Max(parameters.Length, positional.Count)];
        Array.Fill(bound, Value.Unset);
        positional.CopyTo(bound);
        int count = positional.Count;
        for (int i = 0; i < names.Length; i++)
        {
            int index = Array.IndexOf(parameters, names[i]);
            Place(bound, index, named[i], names[i], intrinsic.Name);
            count = Math.Max(count, index + 1);
        }

        for (int i = 0; i < intrinsic.RequiredParameters; i++)
        {
            if (i >= bound.Length || bound[i].IsUnset)
            {
                throw Throw.ArgumentError($"{intrinsic.SignatureBehind(receivers)} needs the argument '{parameters[i]}'");
            }
        }

        CheckCount(intrinsic, count, receivers);
        return bound[..count];
    }

    /// <summary>Rejects a call of a builtin with too many or too few arguments.</summary>
    /// <exception cref="ScriptErrorException">ArgumentError.</exception>
    public static void CheckCount(Intrinsic intrinsic, int count, int receivers)
    {
        if (count < intrinsic.MinArguments || count > intrinsic.MaxArguments)
        {
            int most = intrinsic.MaxArguments == int.MaxValue ? int.MaxValue : intrinsic.MaxArguments - receivers;
            throw Throw.ArgumentError(
                Counts.Arguments(intrinsic.SignatureBehind(receivers), intrinsic.MinArguments - receivers, most, count - receivers));
        }
    }

    /// <summary>The message for a call of a proc with too many or too few arguments.</summary>
    public static string WrongCount(Prototype prototype, int count, int receivers)
    {
        int most = prototype.HasRest ? int.MaxValue : prototype.Parameters.Length - receivers;
        return Counts.Arguments(prototype.Name, Math.Max(0, prototype.RequiredCount - receivers), most, count - receivers);
    }

    private static void Place(Value[] bound, int index, in Value value, string name, string callee)
    {
        if (index < 0)
        {
            throw Throw.ArgumentError($"{callee} has no parameter named '{name}'");
        }

        if (!bound[index].IsUnset)
        {
            throw Throw.ArgumentError($"{callee} is given the argument '{name}' twice");
        }

        bound[index] = value;
    }
}
