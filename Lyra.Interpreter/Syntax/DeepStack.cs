using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// Runs a recursive walk with enough native stack: on the thread of the caller for trees of usual depth, else on a thread of its own while
/// the caller waits. So the limit on nesting is a number and does not depend on the host's threads.
/// </summary>
internal static class DeepStack
{
    /// <summary>The depth that the stack of any thread suffices for.</summary>
    public const int ShallowDepth = 64;

    /// <summary>
    /// Reserved, not committed. <see cref="SyntaxLimits.MaxNesting"/> steps of the costliest kind (one operator of every precedence)
    /// take the parser about a quarter of it in unoptimized code; RobustnessTests runs them.
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
