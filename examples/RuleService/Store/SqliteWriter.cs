using System;
using System.Collections.Generic;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace RuleService.Store;

/// <summary>
/// Makes changes, one after the other. Those that arrive during a commit make up the next transaction, so under load one write to disk
/// serves many.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostAtOnce = 100;

    private readonly Channel<Change> _changes = Channel.CreateUnbounded<Change>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteSession _session;
    private readonly Task _writing;
    private bool _isFull;

    /// <param name="session">The connection, which the writer disposes.</param>
    public SqliteWriter(SqliteSession session)
    {
        _session = session;
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Makes a change and returns when it is on disk.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work) => AddAsync(work, mustSurvivePowerLoss: true);

    /// <summary>Makes a change that outlives the process. After a loss of power, it may be missing.</summary>
    public Task<T> NoteAsync<T>(Func<SqliteSession, T> work) => AddAsync(work, mustSurvivePowerLoss: false);

    public async ValueTask DisposeAsync()
    {
        _changes.Writer.TryComplete();
        await _writing;
        _session.Dispose();
    }

    private Task<T> AddAsync<T>(Func<SqliteSession, T> work, bool mustSurvivePowerLoss)
    {
        Change<T> change = new(work, mustSurvivePowerLoss);
        ObjectDisposedException.ThrowIf(!_changes.Writer.TryWrite(change), this);
        return change.Result;
    }

    private async Task WriteAllAsync()
    {
        List<Change> batch = [];
        while (await _changes.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostAtOnce && _changes.Reader.TryRead(out Change? change))
            {
                batch.Add(change);
            }

            if (Commit(batch) is { } failure)
            {
                FailAlone(batch, failure);
            }

            batch.Clear();
        }
    }

    /// <summary>Makes each change in a transaction of its own, so only those that cannot be made fail.</summary>
    private void FailAlone(List<Change> batch, Exception failure)
    {
        foreach (Change change in batch)
        {
            if ((batch.Count == 1 ? failure : Commit([change])) is { } own)
            {
                change.Fail(own);
            }
        }
    }

    /// <returns>Why nothing was changed; null if everything is committed.</returns>
    private Exception? Commit(List<Change> batch)
    {
        try
        {
            SetDurability(batch.Exists(static change => change.MustSurvivePowerLoss));
            _session.Execute("begin immediate");
            batch.ForEach(change => change.Make(_session));
            _session.Execute("commit");
        }
        catch (Exception e)
        {
            // Whoever asked for the change gets it. The writer must go on for the others.
            RollBack();
            return e;
        }

        batch.ForEach(static change => change.Succeed());
        return null;
    }

    /// <summary>With <c>full</c>, a commit syncs the log; with <c>normal</c>, the next full commit does.</summary>
    private void SetDurability(bool isFull)
    {
        if (_isFull != isFull)
        {
            _session.Execute(isFull ? "pragma synchronous = full" : "pragma synchronous = normal");
            _isFull = isFull;
        }
    }

    private void RollBack()
    {
        try
        {
            _session.Execute("rollback");
        }
        catch (SqliteException)
        {
            // The failure has ended the transaction already, or it never began.
        }
    }

    private abstract class Change(bool mustSurvivePowerLoss)
    {
        public bool MustSurvivePowerLoss { get; } = mustSurvivePowerLoss;

        public abstract void Make(SqliteSession session);

        public abstract void Succeed();

        public abstract void Fail(Exception exception);
    }

    private sealed class Change<T>(Func<SqliteSession, T> work, bool mustSurvivePowerLoss) : Change(mustSurvivePowerLoss)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Result => _done.Task;

        public override void Make(SqliteSession session) => _result = work(session);

        public override void Succeed() => _done.SetResult(_result);

        public override void Fail(Exception exception) => _done.SetException(exception);
    }
}
