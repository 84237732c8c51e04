using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Puts the arguments of a call into the order and number that its callee expects. Positions are absolute in the register stack, which is
/// free above the arguments.
/// </summary>
internal sealed class CallBinder(FrameContext frames)
{
    /// <summary>Bytes charged for each argument of a spread: its places in the list and in the array of all arguments.</summary>
    private const long SpreadBytes = 32;

    /// <summary>Moves the arguments up by one and stores a value before them.</summary>
    public void Insert(in Value value, int first, int count)
    {
        Value inserted = value;
        frames.Stack.EnsureRegisters(frames, first + count + 1);
        Value[] registers = frames.Stack.Registers;
        Array.Copy(registers, first, registers, first + 1, count);
        registers[first] = inserted;
    }

    /// <summary>Completes positional arguments: unset markers for defaults, a list for the rest parameter.</summary>
    /// <exception cref="ScriptErrorException">ArgumentError: too many or too few.</exception>
    public void Complete(Closure callee, int first, int count, int receivers)
    {
        if (count != callee.Code.FixedCount)
        {
            CompleteSlow(callee.Code.Prototype, first, count, receivers);
        }
    }

    /// <summary>
    /// The proc (a closure or a builtin) that a call with named or spread arguments finally calls, and its complete arguments in order.
    /// </summary>
    public (Value Target, Value[] Arguments) Bind(int window, CallDescriptor descriptor, int count)
    {
        List<Value> positional = [];
        Value target = Unwrap(frames.Stack.Registers[window], positional);
        int receivers = positional.Count;
        int names = descriptor.Names.Length;
        if (descriptor.HasSpread)
        {
            Spread((ListObject)frames.Stack.Registers[window + 1].Ref!, positional);
        }
        else
        {
            positional.AddRange(frames.Stack.Registers.AsSpan(window + 1, count - names).ToArray());
        }

        string[] given = descriptor.Names;
        Value[] named = frames.Stack.Registers.AsSpan(window + 1 + count - names, names).ToArray();
        if (descriptor.HasNamedSpread)
        {
            (given, named) = SpreadNames(given, named);
        }

        if (target.Ref is Closure closure)
        {
            return (target, ArgumentBinder.Bind(frames, closure.Prototype, positional, receivers, given, named));
        }

        Intrinsic row = ((NativeProc)target.Ref!).Intrinsic;
        if (given.Length > 0 && OverloadSet.Of(row) is { } overloads)
        {
            row = overloads.FindNamed(frames, [.. positional, .. named], given) ?? row;
        }

        return (Value.FromObject(row.Proc), ArgumentBinder.Bind(row, positional, receivers, given, named));
    }

    /// <summary>Replaces the map at the end of the named arguments by its entries.</summary>
    private (string[] Names, Value[] Values) SpreadNames(string[] names, Value[] values)
    {
        MapObject map = Argument.Map(frames, values[^1], "...", "map");
        frames.Charge(map.Count);
        frames.ChargeMemory(SpreadBytes * map.Count);
        List<string> allNames = [.. names[..^1]];
        List<Value> allValues = [.. values[..^1]];
        for (int i = 0; i < map.EntryLimit; i++)
        {
            if (!map.TryEntryAt(i, out Value key, out Value value))
            {
                continue;
            }

            allNames.Add(key.Ref is ScriptString name
                ? name.ToString()
                : throw Throw.TypeError($"a str names an argument, not a value of type {Throw.TypeName(key)}"));
            allValues.Add(value);
        }

        return ([.. allNames], [.. allValues]);
    }

    /// <summary>
    /// Resolves bound procs, struct types and <c>__call</c> hooks down to a closure or a builtin; receivers go before the arguments.
    /// </summary>
    private Value Unwrap(in Value callee, List<Value> leading)
    {
        switch (callee.Ref)
        {
            case Closure or NativeProc:
                return callee;
            case BoundProc bound:
                leading.Add(bound.Receiver);
                return Unwrap(Value.FromObject(bound.Target), leading);
            case Shape shape:
                return Value.FromObject(shape.Constructor);
            case HostType type:
                return Value.FromObject(MemberAccess.ConstructorOf(type));
            case StructObject { Shape.Hooks.Call: { } hook }:
                leading.Add(callee);
                return Value.FromObject(hook);
            default:
                throw Throw.TypeError(
                    $"a value of type {Throw.TypeName(callee)} can't be called{HiddenBuiltin.HintFor(frames)}");
        }
    }

    private void Spread(ListObject spread, List<Value> positional)
    {
        frames.Charge(CallDescriptor.SpreadSteps(spread.Count));
        frames.ChargeMemory(SpreadBytes * spread.Count);
        positional.EnsureCapacity(positional.Count + spread.Count);
        for (int i = 0; i < spread.Count; i++)
        {
            positional.Add(spread[i]);
        }
    }

    /// <summary>
    /// The end of the message about a missing argument: for a proc of two parameters as the key of a sort, how it compares two elements.
    /// </summary>
    private string Hint(ReadOnlySpan<ParameterInfo> parameters, ReadOnlySpan<Value> arguments)
    {
        bool isKey = parameters.Length == 2 && frames.Stack.Top >= 0
            && frames.Stack.Running.Closure.Prototype is { IsHidden: true, Name: var caller }
            && (caller.EndsWith("sort_2", StringComparison.Ordinal) || caller.EndsWith("sorted_2", StringComparison.Ordinal));
        return isKey ? "; the key takes one element: write by: (a, b) => … to compare two" : TupleHint(parameters, arguments);
    }

    /// <summary>
    /// The end of the message about a missing argument: for a proc of two parameters that gets a pair, how it takes the pair apart.
    /// </summary>
    private static string TupleHint(ReadOnlySpan<ParameterInfo> parameters, ReadOnlySpan<Value> arguments)
    {
        if (arguments.Length != 1 || TupleObject.From(arguments[0].Ref) is not { } tuple || tuple.Count != parameters.Length)
        {
            return string.Empty;
        }

        string[] names = new string[parameters.Length];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = parameters[i].Name;
        }

        return $"; the argument is a tuple: write (({string.Join(", ", names)})) => … to take it apart";
    }

    private void CompleteSlow(Prototype prototype, int first, int count, int receivers)
    {
        ParameterInfo[] parameters = prototype.Parameters;
        int named = prototype.HasRest ? parameters.Length - 1 : parameters.Length;
        frames.Stack.EnsureRegisters(frames, first + Math.Max(parameters.Length, count));
        if (count > named && !prototype.HasRest)
        {
            throw Throw.ArgumentError(ArgumentBinder.WrongCount(prototype, count, receivers));
        }

        Value[] registers = frames.Stack.Registers;
        for (int i = count; i < named; i++)
        {
            if (!parameters[i].HasDefault)
            {
                throw Throw.ArgumentError($"{ArgumentBinder.WrongCount(prototype, count, receivers)}: '{parameters[i].Name}' is missing"
                    + Hint(parameters.AsSpan(receivers, named - receivers), registers.AsSpan(first + receivers, count - receivers)));
            }

            registers[first + i] = Value.Unset;
        }

        if (prototype.HasRest)
        {
            ReadOnlySpan<Value> rest = count > named ? registers.AsSpan(first + named, count - named) : [];
            Value list = Value.FromObject(ListObject.Of(frames, rest));
            frames.Stack.Registers[first + named] = list;
        }
    }
}
