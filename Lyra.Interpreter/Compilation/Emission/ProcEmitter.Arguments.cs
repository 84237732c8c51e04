using System.Collections.Immutable;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Calls of declared procs and structs, whose arguments are matched with the parameters at compile time.</summary>
internal sealed partial class ProcEmitter
{
    /// <summary>Stands for "goes to the rest parameter" in the result of <see cref="MatchArguments"/>.</summary>
    private const int ToRest = -1;

    /// <summary>The parameter that each argument goes to; null after a report.</summary>
    private int[]? MatchArguments(Signature signature, ImmutableArray<ArgumentView> arguments, SourceSpan span)
    {
        int[] parameters = new int[arguments.Length];
        bool[] isGiven = new bool[signature.Count];
        bool isRight = true;
        int position = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            int parameter = arguments[i].Name is string name ? signature.IndexOf(name)
                : position < signature.PositionalCount ? position : ToRest;
            if (arguments[i].Name is null) position++;
            parameters[i] = parameter;
            isRight &= AcceptArgument(signature, arguments[i], parameter, isGiven);
        }

        if (position > signature.PositionalCount && !signature.HasRest)
        {
            Report(CompilerDiagnostics.TooManyArguments, span, signature.Name, signature.DescribeCount(), $"{position}");
            return null;
        }

        return isRight && HasAllRequired(signature, isGiven, span) ? parameters : null;
    }

    private bool AcceptArgument(Signature signature, ArgumentView argument, int parameter, bool[] isGiven)
    {
        if (parameter == ToRest && argument.Name is null) return true;
        if (parameter == ToRest)
        {
            Report(CompilerDiagnostics.UnknownArgument, argument.Span, signature.Name, argument.Name!);
            return false;
        }

        bool isFirst = !isGiven[parameter];
        if (!isFirst) Report(CompilerDiagnostics.DuplicateArgument, argument.Span, signature.Name, signature.Names[parameter]);
        isGiven[parameter] = true;
        return isFirst;
    }

    private bool HasAllRequired(Signature signature, bool[] isGiven, SourceSpan span)
    {
        for (int i = 0; i < isGiven.Length; i++)
        {
            if (isGiven[i] || !signature.IsRequired[i]) continue;
            Report(CompilerDiagnostics.TooFewArguments, span, signature.Name, signature.Names[i]);
            return false;
        }

        return true;
    }

    private StaticType EvalDeclaredCall(Symbol callee, ImmutableArray<ArgumentView> arguments, SourceSpan span, int window)
    {
        Signature signature = _owner.SignatureOf(callee);
        int[]? parameters = MatchArguments(signature, arguments, span);
        if (parameters is null)
        {
            foreach (ArgumentView argument in arguments) EvalEffect(argument.Value);
            return EvalNil(window);
        }

        if (IsInOrder(parameters)) EvalOrderedArguments(signature, arguments, parameters, span);
        else EvalScatteredArguments(signature, arguments, parameters, span);
        At(span);
        _code.Emit(callee.Kind == SymbolKind.Struct ? Opcode.NewStruct : Opcode.CallProc, window, callee.Slot, signature.Count);
        return ResultOf(callee);
    }

    private StaticType ResultOf(Symbol callee)
    {
        if (callee.Kind == SymbolKind.Struct) return new StaticType(SlotKind.Struct, false, callee.Slot);

        ProcContext context = _module.Procs[callee.Proc!];
        return context.Kind switch
        {
            ProcKind.Normal => StaticType.Of(context.ResultType),
            ProcKind.Async => StaticType.Task,
            _ => StaticType.Iterator,
        };
    }

    private static bool IsInOrder(int[] parameters)
    {
        for (int i = 1; i < parameters.Length; i++)
        {
            bool isAscending = parameters[i] > parameters[i - 1] ? parameters[i - 1] != ToRest : parameters[i] == ToRest;
            if (!isAscending) return false;
        }

        return true;
    }

    /// <summary>Arguments in the parameters' order: each is evaluated to the top register.</summary>
    private void EvalOrderedArguments(Signature signature, ImmutableArray<ArgumentView> arguments, int[] parameters, SourceSpan span)
    {
        int next = 0;
        for (int i = 0; i < signature.PositionalCount; i++)
        {
            int register = Reserve();
            if (next < parameters.Length && parameters[next] == i) EvalArgument(arguments[next++], register, signature.Types[i]);
            else _code.Emit(Opcode.LoadUnset, register);
        }

        if (!signature.HasRest) return;
        int rest = Reserve();
        int first = _top;
        SlotType? element = ElementType(signature.Types[^1], SlotKind.List, 0);
        for (; next < arguments.Length; next++) EvalArgument(arguments[next], Reserve(), element);
        At(span);
        _code.Emit(Opcode.NewList, rest, first, _top - first);
        _top = first;
    }

    /// <summary>Arguments in another order than the parameters': evaluated as they stand, into the registers where they belong.</summary>
    private void EvalScatteredArguments(Signature signature, ImmutableArray<ArgumentView> arguments, int[] parameters, SourceSpan span)
    {
        int first = Reserve(signature.Count);
        int extras = 0;
        foreach (int parameter in parameters) extras += parameter == ToRest ? 1 : 0;
        int firstExtra = Reserve(extras);
        int nextExtra = firstExtra;
        bool[] isGiven = new bool[signature.Count];
        for (int i = 0; i < parameters.Length; i++)
        {
            int parameter = parameters[i];
            EvalArgument(arguments[i], parameter == ToRest ? nextExtra++ : first + parameter, parameter == ToRest ? null : signature.Types[parameter]);
            if (parameter != ToRest) isGiven[parameter] = true;
        }

        for (int i = 0; i < signature.PositionalCount; i++)
        {
            if (!isGiven[i]) _code.Emit(Opcode.LoadUnset, first + i);
        }

        At(span);
        if (signature.HasRest) _code.Emit(Opcode.NewList, first + signature.Count - 1, firstExtra, extras);
        _top = first + signature.Count;
    }

    private void EvalArgument(ArgumentView argument, int register, SlotType? type)
    {
        StaticType known = EvalTo(argument.Value, register, type);
        ReportMismatch(known, type, argument.Value.Span);
    }
}
