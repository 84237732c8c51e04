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

    protected ModuleEmitter Owner => Proc.Owner;

    protected ProcContext Context => Proc.Context;

    protected ResolvedModule Module => Proc.Owner.Module;

    protected ConstantEvaluator Evaluator => Proc.Evaluator;

    protected CodeBuffer Code => Proc.Code;

    protected RegisterStack Registers => Proc.Registers;

    protected PrototypeTables Tables => Proc.Tables;

    protected ProcLimits Limits => Proc.Limits;

    protected void Report(DiagnosticDescriptor descriptor, SourceSpan span, params ReadOnlySpan<string> details) =>
        Owner.Diagnostics.Report(descriptor, span, details);
}
