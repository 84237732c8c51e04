using System;
using System.Collections.Generic;
using Lyra.Interpreter.Execution;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Bench.Suite.Baseline;

/// <content>Calls and members.</content>
internal sealed partial class StackMachine
{
    /// <summary>Calls a value with the arguments at a position of the stack.</summary>
    /// <param name="callee">The value.</param>
    /// <param name="first">The position of the first argument.</param>
    /// <param name="count">The number of arguments.</param>
    /// <param name="result">The position for the result.</param>
    /// <returns>Whether a frame was pushed, which now runs; else the result is stored.</returns>
    private bool CallValue(in Value callee, int first, int count, int result)
    {
        switch (callee.Ref)
        {
            case StackClosure closure:
                return Enter(closure, first, count, result);
            case NativeProc native:
                return CallBuiltin(native.Intrinsic, first, count, result);
            case Shape shape:
                return Enter(StructOf(shape).Constructor!, first, count, result);
            case BoundProc bound:
                _stack.AsSpan(first, count).CopyTo(_stack.AsSpan(first + 1));
                _stack[first] = bound.Receiver;
                _top++;
                return CallValue(Value.FromObject(bound.Target), first, count + 1, result);
            case Closure { Captures: [{ Ref: StackClosure prelude }] }:
                return Enter(prelude, first, count, result);
            default:
                throw Throw.TypeError($"a value of type {Throw.TypeName(callee)} can't be called");
        }
    }

    private bool Enter(StackClosure closure, int first, int count, int result)
    {
        StackProc proc = closure.Proc;
        if (count != proc.Signature.ParameterNames.Length || proc.Signature.HasRest)
        {
            CompleteArguments(proc.Signature, first, count);
        }

        if (proc.Signature.Kind is ProcKind.Generator or ProcKind.Async)
        {
            Coroutine coroutine = new(this, closure, new Value[proc.LocalCount]);
            _stack.AsSpan(first, proc.Signature.ParameterNames.Length).CopyTo(coroutine.Values);
            _stack[result] = Value.FromObject(proc.Signature.Kind == ProcKind.Async ? StartTask(coroutine, first) : coroutine);
            return false;
        }

        PushFrame(closure, first, result);
        return true;
    }

    private void PushFrame(StackClosure closure, int first, int result)
    {
        CheckStack(first + closure.Proc.LocalCount + closure.Proc.MaxDepth);
        if (_frameCount == _frames.Length)
        {
            throw Throw.StackOverflow(MaxFrames);
        }

        ref StackFrame frame = ref _frames[_frameCount++];
        frame.Closure = closure;
        frame.Pc = 0;
        frame.Base = first;
        frame.Result = result;
        frame.IsEntry = false;
        frame.Coroutine = null;
        _top = first + closure.Proc.LocalCount;
    }

    /// <summary>Adds markers for missing arguments, and makes the list of a rest parameter.</summary>
    private void CompleteArguments(StackSignature signature, int first, int count)
    {
        if (count < signature.RequiredCount || (count > signature.FixedCount && !signature.HasRest))
        {
            int most = signature.HasRest ? int.MaxValue : signature.FixedCount;
            throw Throw.ArgumentError(Counts.Arguments(signature.Name, signature.RequiredCount, most, count));
        }

        for (int i = count; i < signature.FixedCount; i++)
        {
            _stack[first + i] = Value.Unset;
        }

        if (signature.HasRest)
        {
            int rest = first + signature.FixedCount;
            ReadOnlySpan<Value> others = count > signature.FixedCount ? _stack.AsSpan(rest, count - signature.FixedCount) : [];
            _stack[rest] = Value.FromObject(ListObject.Of(this, others));
        }
    }

    private bool CallBuiltin(Intrinsic builtin, int first, int count, int result)
    {
        bool isOverridable = (builtin.Traits & IntrinsicTraits.MethodFirst) != 0 && count > 0 && ScriptObject.IsStruct(_stack[first].Ref);
        if (isOverridable && StructOf((StructObject)_stack[first].Ref!).Methods.TryGetValue(builtin.Name, out StackClosure? method))
        {
            return Enter(method, first, count, result);
        }

        if (builtin.IsScripted(count))
        {
            return Enter(FindPrelude(builtin, count), first, count, result);
        }

        ArgumentBinder.CheckCount(builtin, count, 0);
        _stack[result] = builtin.Handler(this, _stack.AsSpan(first, count));
        return false;
    }

    private bool CallMethod(string name, int receiver, int count)
    {
        Value target = _stack[receiver];
        if (target.Ref is StructObject instance)
        {
            if (StructOf(instance).Methods.TryGetValue(name, out StackClosure? method))
            {
                return Enter(method, receiver, count + 1, receiver);
            }

            int field = instance.Shape.IndexOf(name);
            if (field >= 0)
            {
                return CallValue(instance.Slot(field), receiver + 1, count, receiver);
            }
        }
        else if (target.Ref is ModuleInstance or Shape)
        {
            return CallValue(GetField(target, name), receiver + 1, count, receiver);
        }

        return LibraryTable.FindMethod(target.Kind, name) is { } row
            ? CallBuiltin(row, receiver, count + 1, receiver)
            : CallValue(GetField(target, name), receiver + 1, count, receiver);
    }

    /// <summary>Calls a value whose last arguments have names.</summary>
    private bool CallNamed(string[] names, int callee, int count)
    {
        Value target = _stack[callee];
        List<Value> positional = [.. _stack.AsSpan(callee + 1, count - names.Length)];
        Value[] named = _stack.AsSpan(callee + 1 + positional.Count, names.Length).ToArray();
        if (target.Ref is BoundProc bound)
        {
            positional.Insert(0, bound.Receiver);
            target = Value.FromObject(bound.Target);
        }

        StackClosure? proc = target.Ref is Shape shape ? StructOf(shape).Constructor : target.Ref as StackClosure;
        Value[] arguments = proc is not null ? BindNames(proc.Proc.Signature, positional, names, named)
            : target.Ref is NativeProc native ? ArgumentBinder.Bind(native.Intrinsic, positional, 0, names, named)
            : throw Throw.TypeError($"a value of type {Throw.TypeName(target)} can't be called with named arguments");
        CheckStack(callee + 1 + arguments.Length);
        arguments.CopyTo(_stack.AsSpan(callee + 1));
        _top = callee + 1 + arguments.Length;
        return CallValue(target, callee + 1, arguments.Length, callee);
    }

    private static Value[] BindNames(StackSignature signature, List<Value> positional, string[] names, Value[] named)
    {
        if (signature.HasRest)
        {
            throw new UnsupportedConstructException("named arguments for a proc with a rest parameter", 0);
        }

        if (positional.Count > signature.FixedCount)
        {
            int count = positional.Count + names.Length;
            throw Throw.ArgumentError(Counts.Arguments(signature.Name, signature.RequiredCount, signature.FixedCount, count));
        }

        Value[] bound = new Value[signature.FixedCount];
        Array.Fill(bound, Value.Unset);
        positional.CopyTo(bound);
        for (int i = 0; i < names.Length; i++)
        {
            int index = Array.IndexOf(signature.ParameterNames, names[i]);
            if (index < 0 || !bound[index].IsUnset)
            {
                throw Throw.ArgumentError(index < 0
                    ? $"{signature.Name} has no parameter named '{names[i]}'"
                    : $"{signature.Name} is given the argument '{names[i]}' twice");
            }

            bound[index] = named[i];
        }

        for (int i = 0; i < bound.Length; i++)
        {
            if (bound[i].IsUnset && !signature.HasDefault[i])
            {
                throw Throw.ArgumentError($"{signature.Name} needs the argument '{signature.ParameterNames[i]}'");
            }
        }

        return bound;
    }

    private Value GetField(in Value target, string name)
    {
        switch (target.Ref)
        {
            case StructObject instance:
                int index = instance.Shape.IndexOf(name);
                if (index >= 0)
                {
                    return instance.Slot(index);
                }

                if (StructOf(instance).Methods.TryGetValue(name, out StackClosure? method))
                {
                    return Value.FromObject(new BoundProc(target, method));
                }

                break;
            case Shape shape:
                StackStruct type = StructOf(shape);
                if (type.Statics.TryGetValue(name, out StackClosure? proc) || type.Methods.TryGetValue(name, out proc))
                {
                    return Value.FromObject(proc);
                }

                break;
            case ModuleInstance module when module.TryGetExport(name, out int slot):
                return module.Slots[slot];
        }

        if (!target.IsNil && Members.TryGetProperty(this, target, name, out Value property))
        {
            return property;
        }

        return !target.IsNil && LibraryTable.FindMethod(target.Kind, name) is { } row
            ? Value.FromObject(new BoundProc(target, row.Proc))
            : throw MemberAccess.Unknown(target, name);
    }

    private void SetField(in Value target, string name, in Value value)
    {
        if (target.Ref is not StructObject instance || instance.Shape.IndexOf(name) is not (>= 0 and int index))
        {
            throw Throw.FieldError($"a value of type {Throw.TypeName(target)} has no field '{name}' to assign");
        }

        Value stored = value;
        if (instance.Shape.FieldTypes[index] is { } type)
        {
            SlotCheck.Convert(this, type, ref stored);
        }

        instance.Slot(index) = stored;
    }

    private Value NewStruct(StackStruct type, int first)
    {
        StructObject instance = StructObject.Create(type.Shape);
        for (int i = 0; i < type.Shape.Fields.Length; i++)
        {
            instance.Slot(i) = _stack[first + i];
        }

        return Value.FromObject(instance);
    }

    private Value NewClosure(StackProc proc, int first, Value[] captures)
    {
        Value[] captured = proc.Captures.Length == 0 ? [] : new Value[proc.Captures.Length];
        for (int i = 0; i < captured.Length; i++)
        {
            StackCapture capture = proc.Captures[i];
            captured[i] = capture.FromLocal ? _stack[first + capture.Index] : captures[capture.Index];
        }

        return Value.FromObject(new StackClosure(proc, captured));
    }
}
