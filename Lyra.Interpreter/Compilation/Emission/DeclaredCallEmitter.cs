using System;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Calls of procs and structs declared in the module: matches the arguments with the parameters at compile time.</summary>
internal sealed class DeclaredCallEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>The value in the result of <see cref="TryMatchArguments"/> for an argument that goes to the rest parameter.</summary>
    private const int ToRest = -1;

    public StaticType EvalDeclaredCall(
        Symbol callee, ArgumentList arguments, SourceSpan span, int window, IndependentAwaits? awaits = null)
    {
        Signature signature = Owner.SignatureOf(callee);
        int[] parameters = new int[arguments.Length];
        if (!TryMatchArguments(signature, arguments, span, parameters))
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                Expressions.EvalForEffect(arguments[i].Value);
            }

            return Expressions.EvalNil(window);
        }

        if (IsInOrder(parameters))
        {
            EvalOrderedArguments(signature, arguments, parameters, span, awaits);
        }
        else
        {
            EvalReorderedArguments(signature, arguments, parameters, span);
        }

        Code.At(span);
        Code.Emit(callee.Struct is not null ? Opcode.NewStruct : Opcode.CallProc, window, callee.Slot, signature.Count);
        return ResultOf(callee);
    }

    /// <summary>Reports a mismatch of arguments and parameters.</summary>
    public void CheckArguments(Signature signature, ArgumentList arguments, SourceSpan span) =>
        TryMatchArguments(signature, arguments, span, new int[arguments.Length]);

    /// <summary>Finds the parameter for each argument; reports a mismatch and returns false.</summary>
    private bool TryMatchArguments(Signature signature, ArgumentList arguments, SourceSpan span, int[] parameters)
    {
        bool[] isGiven = new bool[signature.Count];
        bool isAccepted = true;
        int position = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            int parameter = arguments[i].Name is string name ? signature.IndexOf(name)
                : position < signature.PositionalCount ? position : ToRest;
            if (arguments[i].Name is null)
            {
                position++;
            }

            parameters[i] = parameter;
            isAccepted &= AcceptArgument(signature, arguments[i], parameter, isGiven);
        }

        if (position > signature.PositionalCount && !signature.HasRest)
        {
            Report(CompilerDiagnostics.TooManyArguments, span, signature.Name, signature.DescribeCount(), $"{position}");
            return false;
        }

        return isAccepted && HasAllRequired(signature, isGiven, span);
    }

    private bool AcceptArgument(Signature signature, ArgumentView argument, int parameter, bool[] isGiven)
    {
        if (parameter == ToRest && argument.Name is null)
        {
            return true;
        }

        if (parameter == ToRest)
        {
            Report(CompilerDiagnostics.UnknownArgument, argument.Span, signature.Name, argument.Name!);
            return false;
        }

        bool isFirst = !isGiven[parameter];
        if (!isFirst)
        {
            Report(CompilerDiagnostics.DuplicateArgument, argument.Span, signature.Name, signature.Names[parameter]);
        }

        isGiven[parameter] = true;
        return isFirst;
    }

    private bool HasAllRequired(Signature signature, bool[] isGiven, SourceSpan span)
    {
        for (int i = 0; i < isGiven.Length; i++)
        {
            if (isGiven[i] || !signature.IsRequired[i])
            {
                continue;
            }

            Report(CompilerDiagnostics.TooFewArguments, span, signature.Name, signature.Names[i]);
            return false;
        }

        return true;
    }

    private StaticType ResultOf(Symbol callee)
    {
        if (callee.Struct is { } layout)
        {
            return new StaticType(SlotKind.Struct, false, layout.TypeSlot);
        }

        ProcContext context = Module.Procs[callee.Proc!];
        return context.Kind switch
        {
            ProcKind.Normal => StaticType.Of(context.ResultType),
            ProcKind.Async => StaticType.Task,
            ProcKind.Generator or ProcKind.Module or ProcKind.Constructor => StaticType.Iterator,
        };
    }

    private static bool IsInOrder(int[] parameters)
    {
        for (int i = 1; i < parameters.Length; i++)
        {
            bool isAscending = parameters[i] > parameters[i - 1] ? parameters[i - 1] != ToRest : parameters[i] == ToRest;
            if (!isAscending)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Evaluates arguments that are in the order of the parameters, each to the top register.</summary>
    private void EvalOrderedArguments(
        Signature signature, ArgumentList arguments, int[] parameters, SourceSpan span, IndependentAwaits? awaits)
    {
        int next = 0;
        for (int i = 0; i < signature.PositionalCount; i++)
        {
            int register = Registers.Reserve();
            if (next < parameters.Length && parameters[next] == i)
            {
                EvalArgument(arguments, next++, register, signature.Types[i], awaits);
            }
            else
            {
                Code.Emit(Opcode.LoadUnset, register);
            }
        }

        if (!signature.HasRest)
        {
            return;
        }

        int rest = Registers.Reserve();
        int first = Registers.Top;
        SlotType? element = ContainerTypes.ElementType(signature.Types[^1], SlotKind.List, 0);
        for (; next < arguments.Length; next++)
        {
            EvalArgument(arguments, next, Registers.Reserve(), element, awaits);
        }

        Code.At(span);
        Code.Emit(Opcode.NewList, rest, first, Registers.Top - first);
        Registers.Top = first;
    }

    /// <summary>Evaluates arguments in source order to the registers of the parameters, whose order differs.</summary>
    private void EvalReorderedArguments(Signature signature, ArgumentList arguments, int[] parameters, SourceSpan span)
    {
        int first = Registers.Reserve(signature.Count);
        int extras = 0;
        foreach (int parameter in parameters)
        {
            extras += parameter == ToRest ? 1 : 0;
        }

        int firstExtra = Registers.Reserve(extras);
        int nextExtra = firstExtra;
        bool[] isGiven = new bool[signature.Count];
        for (int i = 0; i < parameters.Length; i++)
        {
            int parameter = parameters[i];
            if (parameter == ToRest)
            {
                EvalArgument(arguments[i], nextExtra++, null);
                continue;
            }

            EvalArgument(arguments[i], first + parameter, signature.Types[parameter]);
            isGiven[parameter] = true;
        }

        for (int i = 0; i < signature.PositionalCount; i++)
        {
            if (!isGiven[i])
            {
                Code.Emit(Opcode.LoadUnset, first + i);
            }
        }

        Code.At(span);
        if (signature.HasRest)
        {
            Code.Emit(Opcode.NewList, first + signature.Count - 1, firstExtra, extras);
        }

        Registers.Top = first + signature.Count;
    }

    private void EvalArgument(ArgumentList arguments, int index, int register, SlotType? type, IndependentAwaits? awaits)
    {
        if (awaits is null || !awaits.TryEval(index, register))
        {
            EvalArgument(arguments[index], register, type);
        }
    }

    private void EvalArgument(ArgumentView argument, int register, SlotType? type)
    {
        StaticType known = Expressions.EvalTo(argument.Value, register, type);
        Proc.Slots.ReportMismatch(known, type, argument.Value.Span);
    }
}
