using System;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Building;

/// <summary>Binds the arguments of a call to the callee's parameters: one value for each parameter.</summary>
internal sealed class IrArgumentBinder(IrBuilder ir)
{
    /// <summary>
    /// Binds positional arguments: unset markers stand for defaults, a list for the rest. Null when the count is wrong, or the rest too
    /// long.
    /// </summary>
    public IrNode[]? Bind(LinkedPrototype code, IrNode[] positional) => Bind(code, positional, [], []);

    /// <summary>Binds positional and named arguments; null also when a name is wrong.</summary>
    public IrNode[]? Bind(LinkedPrototype code, IrNode[] positional, string[] names, IrNode[] named)
    {
        Prototype prototype = code.Prototype;
        ParameterInfo[] parameters = prototype.Parameters;
        int count = prototype.HasRest ? parameters.Length - 1 : parameters.Length;
        if ((positional.Length > count && !prototype.HasRest) || positional.Length - count > NativeArguments.Capacity)
        {
            return null;
        }

        IrNode?[] bound = new IrNode?[parameters.Length];
        Array.Copy(positional, bound, Math.Min(positional.Length, count));
        for (int i = 0; i < names.Length; i++)
        {
            int index = Array.FindIndex(parameters, 0, count, parameter => parameter.Name == names[i]);
            if (index < 0 || bound[index] is not null)
            {
                return null;
            }

            bound[index] = named[i];
        }

        return Complete(prototype, bound, positional);
    }

    private IrNode[]? Complete(Prototype prototype, IrNode?[] bound, IrNode[] positional)
    {
        int count = prototype.HasRest ? bound.Length - 1 : bound.Length;
        for (int i = 0; i < count; i++)
        {
            if (bound[i] is null && !prototype.Parameters[i].HasDefault)
            {
                return null;
            }

            bound[i] ??= ir.Unset();
        }

        if (prototype.HasRest)
        {
            bound[count] = RestList(positional.Length > count ? positional[count..] : []);
        }

        return bound!;
    }

    private IrNode RestList(IrNode[] items)
    {
        IrNode[] inputs = new IrNode[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            inputs[i] = ir.Box(items[i]);
        }

        return ir.Call(ObjectHelpers.RestList(items.Length), inputs);
    }
}
