using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Lyra.Fuzz.HostApi;

/// <summary>Delegates that scripts call, and that use the engine while it runs.</summary>
/// <param name="session">The session of the engine.</param>
/// <param name="number">The number of the engine in the session.</param>
internal sealed class HostDelegates(HostSession session, int number)
{
    /// <summary>The longest time for which a thread is awaited. It does not wait for anything itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public void Define(LyraEngine engine)
    {
        engine.Define("hostRun", (string source) => engine.Run(source));
        engine.Define("hostCall", (string name, LyraValue argument) => engine.Call(name, argument));
        engine.Define("hostSet", (string name, LyraValue value) => engine.Globals[name] = value);
        engine.Define("hostDefine", (string name) => engine.Define(name, (long n) => n + 1));
        engine.Define("hostCheck", (string source) => engine.Check(source).Count);
        engine.Define("hostApply", (Func<LyraValue, LyraValue> proc, LyraValue argument) => proc(argument));
        engine.Define("hostDispose", engine.Dispose);
        engine.Define("hostThread", () => RunOnThread(engine));
        engine.Define("hostCancel", session.Cancel);
        engine.Define("hostThrow", (int kind) => Throw(kind));
        engine.Define("hostOther", (int other, string source) => session.RunIn(other, source));
        engine.Define("hostAsync", async (long n) =>
        {
            await Task.Yield();
            return n;
        });
        engine.Define("hostPending", () => session.Pending(number));
        engine.Define("hostKeep", (LyraValue value) => session.Keep(number, value));
        engine.Define("hostGet", (int index) => session.Kept(number, index));
    }

    private static long Throw(int kind) => throw (kind % 8) switch
    {
        0 => new InvalidOperationException("host"),
        1 => new IOException("host"),
        2 => new ArgumentException("host"),
        3 => new OperationCanceledException("host"),
        4 => new AggregateException(new InvalidOperationException("inner"), new IOException("inner")),
        5 => new InsufficientExecutionStackException("host"),
        6 => new ObjectDisposedException("host"),
        _ => new TimeoutException("host"),
    };

    /// <summary>Another thread must be refused while the engine runs.</summary>
    private void RunOnThread(LyraEngine engine)
    {
        Exception? thrown = null;
        Thread thread = new(() =>
        {
            try
            {
                engine.Run("1");
            }
            catch (Exception e)
            {
                // An exception that leaves a thread ends the process; any but the documented one is a fault.
                thrown = e;
            }
        });
        thread.Start();
        if (!thread.Join(Patience))
        {
            session.Faults.Add("a second thread waits for an engine that is in use");
        }
        else if (thrown is not InvalidOperationException)
        {
            session.Faults.Add($"a second thread was not refused: {thrown}");
        }
    }
}
