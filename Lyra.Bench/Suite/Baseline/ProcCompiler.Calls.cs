using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Library;

namespace Lyra.Bench.Suite.Baseline;

/// <content>Calls.</content>
internal sealed partial class ProcCompiler
{
    private void EmitCall(CallExpression call)
    {
        Symbol? callee = call.Callee is NameExpression or MemberExpression ? owner.Module.SymbolOf(call.Callee) : null;
        bool isPositional = call.Arguments.All(argument => argument.Kind == ArgumentKind.Positional);
        if (callee is null && call.Callee is MemberExpression member)
        {
            EmitMethodCall(call, member, isPositional);
        }
        else if (callee is { Kind: SymbolKind.Builtin } && isPositional && LibraryTable.FindQualified(callee.Name) is { } builtin)
        {
            EmitArguments(call.Arguments);
            At(call);
            _code.Emit(StackOp.CallBuiltin, _code.Builtin(builtin), call.Arguments.Length);
        }
        else
        {
            EmitExpression(call.Callee);
            EmitCallOfValue(call);
        }
    }

    private void EmitMethodCall(CallExpression call, MemberExpression member, bool isPositional)
    {
        EmitExpression(member.Target);
        EmitChainLink(member.IsOptional);
        if (!isPositional)
        {
            _code.Emit(StackOp.GetField, _code.Name(member.Name));
            EmitCallOfValue(call);
            return;
        }

        EmitArguments(call.Arguments);
        At(call);
        _code.Emit(StackOp.CallMethod, _code.Name(member.Name), call.Arguments.Length);
    }

    /// <summary>Calls the value on the stack.</summary>
    private void EmitCallOfValue(CallExpression call)
    {
        string[] names = EmitArguments(call.Arguments);
        At(call);
        if (names.Length == 0)
        {
            _code.Emit(StackOp.Call, 0, call.Arguments.Length);
        }
        else
        {
            _code.Emit(StackOp.CallNamed, _code.ArgumentNames(names), call.Arguments.Length);
        }
    }

    private void EmitSpawn(SpawnExpression spawn)
    {
        EmitExpression(spawn.Call.Callee);
        if (EmitArguments(spawn.Call.Arguments).Length > 0)
        {
            throw owner.Unsupported("spawn with named arguments", spawn);
        }

        _code.Emit(StackOp.Spawn, 0, spawn.Call.Arguments.Length);
    }

    /// <summary>Pushes arguments; those with names last. Returns the names.</summary>
    private string[] EmitArguments(ImmutableArray<CallArgument> arguments)
    {
        foreach (CallArgument argument in arguments)
        {
            if (argument.Kind == ArgumentKind.Spread)
            {
                throw owner.Unsupported("a spread argument", argument);
            }

            if (argument.Kind == ArgumentKind.Named && arguments[^1].Kind == ArgumentKind.Positional)
            {
                throw owner.Unsupported("a positional argument after a named one", argument);
            }

            EmitExpression(argument.Value);
        }

        return [.. arguments.Where(argument => argument.Kind == ArgumentKind.Named).Select(argument => argument.Name!)];
    }

    /// <summary>Calls the constructor; a field that is not given gets its default.</summary>
    private void EmitStructLiteral(StructLiteral literal)
    {
        EmitExpression(literal.Type);
        foreach (FieldInitializer field in literal.Fields)
        {
            EmitExpression(field.Value);
        }

        _code.Emit(StackOp.CallNamed, _code.ArgumentNames([.. literal.Fields.Select(field => field.Name)]), literal.Fields.Length);
    }
}
