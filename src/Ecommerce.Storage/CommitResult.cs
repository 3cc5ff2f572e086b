namespace Ecommerce.Storage;

/// <summary>Why one write of a commit could not be made.</summary>
public enum RejectionReason
{
    /// <summary>Expected absent, and there is an item.</summary>
    Exists,

    /// <summary>Expected present or at a version, and there is no item.</summary>
    Missing,

    /// <summary>There is an item at another version.</summary>
    VersionMismatch,

    /// <summary>A sum of an <see cref="Adjust"/> would leave its bounds.</summary>
    OutOfBounds,
}

/// <param name="Index">The position of the refused write in the commit.</param>
/// <param name="Reason">What did not hold.</param>
/// <param name="Current">The item that was found instead, as it was at that moment; null when there was none.</param>
public sealed record Rejection(int Index, RejectionReason Reason, Item? Current);

/// <summary>
/// The answer to a commit. Everything was written, or nothing was and every write that stood in the way is named. Trouble that is
/// no answer (throttling, a conflict that outlasts the retries, an engine out of reach) is a <see cref="StoreUnavailableException"/>.
/// </summary>
public sealed class CommitResult
{
    private CommitResult(IReadOnlyList<Rejection> rejections) => Rejections = rejections;

    public static CommitResult Committed { get; } = new([]);

    public bool IsCommitted => Rejections.Count == 0;

    /// <summary>Empty when committed; otherwise one entry for each write whose condition failed, by position.</summary>
    public IReadOnlyList<Rejection> Rejections { get; }

    public static CommitResult Rejected(IReadOnlyList<Rejection> rejections) =>
        rejections.Count > 0 ? new(rejections) : throw new ArgumentException("A rejection names what was rejected.");

    /// <summary>The rejection of the write at a position, if that write stood in the way.</summary>
    public Rejection? At(int index) => Rejections.FirstOrDefault(rejection => rejection.Index == index);

    public override string ToString() => IsCommitted ? "Committed" : $"Rejected({string.Join("; ", Rejections.Select(r => $"{r.Index}: {r.Reason}"))})";
}
