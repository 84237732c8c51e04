using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// Runs a recursive walk with enough native stack. Trees of usual depth are walked on the caller's thread, deeper ones on a new thread
/// while the caller waits. Therefore, the nesting limit is a fixed number that does not depend on the host's threads.
/// </summary>
internal static class DeepStack
{
    /// <summary>The depth for which the stack of any thread suffices.</summary>
    public const int ShallowDepth = 64;

    /// <summary>
    /// The stack size of the new thread; it is reserved, not committed. In unoptimized code, the parser needs about a quarter of it for
    /// <see cref="SyntaxLimits.MaxNesting"/> levels of the costliest kind (one operator of every precedence), which RobustnessTests runs.
    /// </summary>
    private const int StackBytes = 64 << 20;

    /// <summary>Runs <paramref name="walk"/> on a tree of the given depth (<see cref="Ast.ModuleNode.Depth"/>).</summary>
    public static T Run<T>(int depth, Func<T> walk) => depth <= ShallowDepth ? walk() : RunApart(walk);

    private static T RunApart<T>(Func<T> walk)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(Body, StackBytes) { IsBackground = true, Name = "Lyra deep stack" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;

        void Body()
        {
            try
            {
                result = walk();
            }
#pragma warning disable CA1031 // rethrown on the caller's thread
            catch (Exception e)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
