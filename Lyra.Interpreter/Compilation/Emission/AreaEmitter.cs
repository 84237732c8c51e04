using System;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Diagnostics;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Emits the code of one area of the language for one proc. All areas write to the same code, registers and tables. They call each other
/// through <see cref="Proc"/>.
/// </summary>
internal abstract class AreaEmitter(ProcEmitter proc)
{
    protected ProcEmitter Proc { get; } = proc;

    protected ExpressionEmitter Expressions => Proc.Expressions;

    protected ModuleEmitter Owner { get; } = proc.Owner;

    protected ProcContext Context { get; } = proc.Context;

    protected ResolvedModule Module { get; } = proc.Owner.Module;

    protected ConstantEvaluator Evaluator { get; } = proc.Evaluator;

    protected CodeBuffer Code { get; } = proc.Code;

    protected RegisterStack Registers { get; } = proc.Registers;

    protected PrototypeTables Tables { get; } = proc.Tables;

    protected ProcLimits Limits { get; } = proc.Limits;

    protected void Report(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<string> details) =>
        Owner.Diagnostics.Report(descriptor, span, details);
}
